import { ProxyUnreachable } from './networkFault';

/** What the editor's own settings say about the way to the network. */
export interface ProxySettings {
  /** The editor's `http.proxy`; without it the usual variables of the environment hold. */
  readonly proxy?: string;
  /** The editor's `http.noProxy`: hosts reached without a proxy. */
  readonly noProxy?: readonly string[];
  /** The editor's `http.proxyAuthorization`: the header for the proxy, in place of a password in its address. */
  readonly authorization?: string;
  /** The editor's `http.proxySupport`; `override` is its default. */
  readonly support?: ProxySupport;
  /** The editor's `http.proxyStrictSSL`. */
  readonly strictCertificates: boolean;
  /** The editor's `http.systemCertificates`; on by default. */
  readonly systemCertificates?: boolean;
}

export type ProxySupport = 'off' | 'on' | 'fallback' | 'override';

/** The proxies of our own connections, in the words of undici: an empty text is no proxy. */
export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts with commas between. */
  readonly noProxy: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** This machine is reached by no proxy, as everywhere in the editor. */
const thisMachine = ['localhost', '127.0.0.1', '::1'];

/**
 * As the editor decides it for extensions: `http.proxy`, else the environment; and `http.noProxy`, else `NO_PROXY`,
 * which wins over either proxy. With `http.proxySupport` off its settings are not for extensions and only the
 * environment counts. Throws `ProxyUnreachable` for a proxy that is no address.
 */
export function proxiesOf(settings: ProxySettings, environment: Environment = process.env): Proxies {
  const variable = (name: string): string => environment[name.toLowerCase()] || environment[name] || '';
  const { proxy, noProxy = [] } = settings.support === 'off' ? {} : settings;
  const httpProxy = proxy || variable('HTTP_PROXY');
  const httpsProxy = proxy || variable('HTTPS_PROXY') || httpProxy;
  const direct = noProxy.length > 0 ? noProxy : [variable('NO_PROXY')];
  return {
    httpProxy: httpProxy && proxyAddress(httpProxy),
    httpsProxy: httpsProxy && proxyAddress(httpsProxy),
    noProxy: [...direct, ...thisMachine].filter((hosts) => hosts !== '').join(','),
  };
}

/** The environment may leave out the scheme; undici knows one word for the SOCKS proxies it speaks. */
function proxyAddress(text: string): string {
  const withScheme = text.includes('://') ? text : `http://${text}`;
  try {
    const url = new URL(withScheme.replace(/^socks(5h?)?:/i, 'socks5:'));
    decodeURIComponent(url.username + url.password); // as undici will: a bare % in a password is none of an address
    return url.href;
  } catch (error) {
    throw new ProxyUnreachable(error);
  }
}
