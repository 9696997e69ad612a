import { l10n } from 'vscode';
import type { Catalogue } from '../catalogue/model';
import { isObject, parseJson } from '../krea/json';
import type { Reply } from '../krea/transport';
import type { SetupLine } from './checkSetupReport';

/** What Krea offers now beside what this extension knows; `notes` for the part of the report that a maintainer reads. */
export interface ModelsChecked {
  readonly line: SetupLine;
  readonly notes: readonly string[];
}

const videoPath = /^\/generate\/video\/[\w./-]{1,80}$/;

/** Without an answer of the service only what came with the extension can be judged. */
export function checkModels(catalogue: Catalogue, reply: Reply | undefined): ModelsChecked {
  const subject = l10n.t('Models');
  const { models, date, origin } = catalogue;
  const only = (line: SetupLine): ModelsChecked => ({ line, notes: [] });
  if (models.length === 0)
    return only({
      subject,
      outcome: 'fault',
      code: 'models.none',
      words: l10n.t('The list of models is empty. Install the extension again.'),
    });
  const known = l10n.t('{0} models, as of {1}.', models.length, date);
  if (!reply) return only({ subject, outcome: 'good', code: `models.${origin}`, words: known });
  const read = readPaths(reply);
  if (!read.paths)
    return only({
      subject,
      outcome: 'fault',
      code: `models.${read.why}`,
      words: l10n.t(
        "Krea's own list of models could not be read ({0}). The one that came with the extension serves instead ({1} models, as of {2}); prices may be out of date. Check again later.",
        read.why,
        models.length,
        date,
      ),
    });
  const offered = read.paths;
  const more = offered.filter((path) => !models.some(({ endpoint }) => endpoint === path));
  const fewer = models.map(({ endpoint }) => endpoint).filter((path) => !offered.includes(path));
  const same = more.length === 0 && fewer.length === 0;
  return {
    line: {
      subject,
      outcome: 'good',
      code: same ? 'models.same' : 'models.differ',
      words: same
        ? `${known} ${l10n.t('Krea offers the same now.')}`
        : `${known} ${l10n.t('Krea has {0} since then that are not in it, and no longer offers {1}.', more.length, fewer.length)}`,
    },
    notes: [...more.map((path) => `only at Krea        ${path}`), ...fewer.map((path) => `only in this list   ${path}`)],
  };
}

function readPaths(reply: Reply): { readonly paths: readonly string[] } | { readonly paths?: undefined; readonly why: string } {
  if (reply.kind === 'fault') return { why: reply.fault.kind };
  const { status, text, whole } = reply.answer;
  if (status !== 200) return { why: String(status) };
  if (!whole) return { why: 'tooLarge' };
  const body = parseJson(text);
  if (!isObject(body) || !isObject(body.paths)) return { why: 'notJson' };
  const paths = Object.entries(body.paths).flatMap(([path, item]) =>
    videoPath.test(path) && isObject(item) && isObject(item.post) && item.post.deprecated !== true ? [path] : [],
  );
  return paths.length > 0 ? { paths } : { why: 'noVideo' };
}
