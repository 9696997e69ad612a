import { isolated, oneLine } from '../editor/plainText';

/** Longest tab title, characters. */
const titleLength = 60;

/** The title of a shot as the tab shows it, or the product's name when there is none. */
export function tabTitle(title: string): string {
  const line = oneLine(title, titleLength);
  return line === '' ? 'Krea Video' : isolated(line);
}
