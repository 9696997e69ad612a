import { l10n } from 'vscode';
import type { BoardFinding } from '../storyboard/storyboard';
import { oneLine } from './plainText';

/** One sentence for what is wrong or doubtful in the text of a storyboard, and what it means for what is sent. */
export function boardFindingWords(finding: BoardFinding): string {
  switch (finding.code) {
    case 'frontMatter':
      return l10n.t('The front matter cannot be read here ({0}). Shots may lack a value that you mean them to have.', finding.reason);
    case 'unusableKey':
      return finding.near === undefined
        ? l10n.t('No shot can use {0} from the front matter.', oneLine(finding.key, 40))
        : l10n.t('No shot can use {0} from the front matter. Did you mean {1}?', oneLine(finding.key, 40), finding.near);
    case 'nearKey':
      return l10n.t('{0} is a note here and is not sent. Did you mean {1}?', oneLine(finding.key, 40), finding.near);
    case 'duplicateId':
      return l10n.t('Another shot has the id {0} already. Their takes would be mixed up.', oneLine(finding.id, 40));
    case 'duplicateBlock':
      return l10n.t('There is a block named {0} already. That one is used.', oneLine(finding.name, 40));
    case 'blockFile':
      return blockFileWords(finding.why, oneLine(finding.file, 80));
    case 'keyTwice':
      return l10n.t('{0} is set twice. Only one value can be sent.', oneLine(finding.key, 40));
    case 'onlyOnShot':
      return l10n.t('{0} counts on a shot only. Here it has no effect.', oneLine(finding.key, 40));
    case 'secondPrompt':
      return l10n.t('A shot has one prompt. This is its second.');
    case 'ruleUnderText':
      return l10n.t('Without a blank line above, Markdown takes this line for the mark of a heading. The text above stays in the prompt.');
    case 'commentNotClosed':
      return l10n.t('This comment does not end with -->. All that it hides is not sent.');
    case 'onlyQuotes':
      return l10n.t('Quotes are notes and are not sent. This shot has no prompt.');
    case 'numberedHeading':
      return l10n.t('This heading is no shot: a number alone is no id.');
    case 'fullWidthHeading':
      return l10n.t('＃ is no mark of a heading in Markdown; # is.');
    case 'fullWidthBullet':
      return l10n.t('This is no list in Markdown. The line is read as part of the prompt.');
  }
}

function blockFileWords(why: Extract<BoardFinding, { readonly code: 'blockFile' }>['why'], file: string): string {
  switch (why) {
    case 'missing':
      return l10n.t('There is no file {0}. Its blocks are in no prompt.', file);
    case 'outside':
      return l10n.t('{0} lies outside the workspace folder and is not read. Its blocks are in no prompt.', file);
    case 'unreadable':
      return l10n.t('{0} cannot be read as text. Its blocks are in no prompt.', file);
  }
}
