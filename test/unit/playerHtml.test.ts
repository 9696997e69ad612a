import assert from 'node:assert/strict';
import { contentPolicy, playerHtml } from '../../src/player/playerHtml';

const shell = {
  cspSource: "'self' https://*.vscode-cdn.net",
  nonce: 'n0nce',
  script: 'https://host/page.js?a=1&b="2"',
  style: 'https://host/page.css',
  language: 'ja',
};

describe('the shell of the player', () => {
  it('allows its own clips, pictures, styles and one script, and nothing else', () => {
    const rules = new Map(
      contentPolicy(shell)
        .split('; ')
        .map((rule): [string, string] => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
    );
    assert.deepEqual(Object.fromEntries(rules), {
      'default-src': "'none'",
      'media-src': "'self' https://*.vscode-cdn.net blob:",
      'img-src': "'self' https://*.vscode-cdn.net blob: data:",
      'style-src': "'self' https://*.vscode-cdn.net",
      'script-src': "'nonce-n0nce'",
      'base-uri': "'none'",
      'form-action': "'none'",
    });
  });

  it('puts the policy before anything that loads', () => {
    const html = playerHtml(shell);
    const policy = html.indexOf('Content-Security-Policy');
    assert.ok(policy > 0 && policy < html.indexOf('<link') && policy < html.indexOf('<script'));
  });

  it('has nothing inline and escapes what it is given', () => {
    const html = playerHtml({ ...shell, language: '"><script>x</script>' });
    assert.match(html, /src="https:\/\/host\/page\.js\?a=1&amp;b=&quot;2&quot;"/);
    assert.match(html, /<html lang="&quot;&gt;&lt;script&gt;/);
    assert.deepEqual(html.match(/<script[^>]*>[^<]+/g), null);
    assert.equal(/\sstyle=|\son\w+=|<style/.test(html), false);
  });
});
