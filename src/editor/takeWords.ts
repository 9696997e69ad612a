import { l10n } from 'vscode';
import { microUsdOf } from '../catalogue/microUsd';
import type { Take } from '../takes/take';
import { aboutUsd } from './jobWords';

/** What a take is, from its sidecar: length, size, what it came to, model. */
export function takeWords({ sidecar: { output, price, endpoint } }: Take): readonly string[] {
  const microUsd = price.estimate === null ? undefined : microUsdOf(price.estimate);
  return [
    output.seconds === null ? '' : l10n.t('{0} s', output.seconds.toFixed(2)),
    output.width === null || output.height === null ? '' : `${output.width} × ${output.height}`,
    microUsd === undefined ? '' : aboutUsd(microUsd),
    modelWords(endpoint),
  ].filter((words) => words !== '');
}

/** A model may be gone from the catalogue: its take names it as the service does. */
const modelWords = (endpoint: string): string => endpoint.split('/').slice(-2).join('/');
