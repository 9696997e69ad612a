/** Puts values in the places {0}, {1} of a text, in whatever order the language has them. */
export function filled(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (whole, index) => values[Number(index)] ?? whole);
}
