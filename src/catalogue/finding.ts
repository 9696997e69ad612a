export type Path = readonly (string | number)[];

/** One word for why the service may not take a file's address as it is. */
export type AddressDoubt = 'data' | 'notWeb' | 'otherHost';

/**
 * What speaks against a request, as data; the editor has the sentences. `path` starts with the field's name. `error`:
 * the service refuses it. `warning`: it may refuse it, or does something else than was asked.
 */
export type Finding = { readonly path: Path; readonly severity: 'error' | 'warning' } & (
  | { readonly code: 'unknownField'; readonly params: { readonly name: string; readonly near?: string } }
  | { readonly code: 'retiredName'; readonly params: { readonly name: string; readonly replacement: string } }
  | { readonly code: 'missing'; readonly params: { readonly name: string } }
  | { readonly code: 'wrongType'; readonly params: { readonly expected: readonly string[] } }
  | { readonly code: 'notInList'; readonly params: { readonly allowed: readonly (string | number)[] } }
  | {
      readonly code: 'outOfRange';
      readonly params: { readonly min?: number; readonly max?: number; readonly above?: number; readonly below?: number };
    }
  | { readonly code: 'tooLong' | 'tooShort' | 'tooMany' | 'tooFew'; readonly params: { readonly limit: number } }
  | { readonly code: 'wrongFormat'; readonly params: { readonly format: string } }
  | { readonly code: 'excludes'; readonly params: { readonly names: readonly [string, string] } }
  /** The picture's own ratio holds, whatever is asked for. */
  | { readonly code: 'overridesRatio'; readonly params: { readonly name: string } }
  | { readonly code: 'doubtfulAddress'; readonly params: { readonly why: AddressDoubt } }
  /** The field does nothing as the others are: `because` names those. */
  | { readonly code: 'noEffect'; readonly params: { readonly because: readonly string[] } }
  /** Of the list only these, as the field `because` is. */
  | {
      readonly code: 'notInListNow';
      readonly params: { readonly allowed: readonly (string | number)[]; readonly because: readonly string[] };
    }
  /** The service takes the field still; it does nothing any more. */
  | { readonly code: 'deprecatedField'; readonly params: { readonly name: string } }
  | { readonly code: 'other'; readonly params: { readonly keyword: string } }
);

export const isError = ({ severity }: Pick<Finding, 'severity'>): boolean => severity === 'error';
