/** Whose token a window uses. `annAgain`: Ann's new token for the same workspace; `bob`: another workspace. */
export type Who = 'ann' | 'annAgain' | 'bob' | 'demo' | 'nobody';

/** The random id that the window keeps beside each token. */
export const accountOf: Readonly<Record<Exclude<Who, 'nobody'>, string>> = {
  ann: 'account-1',
  annAgain: 'account-2',
  bob: 'account-3',
  demo: 'account-demo',
};

export type Tokens = Readonly<Partial<Record<Who, string>>>;
