/** Minutes, seconds and hundredths: 0:03.25. */
export function timeWords(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100);
  const two = (number: number) => String(number).padStart(2, '0');
  const whole = Math.floor(hundredths / 100);
  return `${Math.floor(whole / 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
}
