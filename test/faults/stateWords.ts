/** Words of a row that mean: there is no job at Krea, and nothing is charged. */
export const saysNoJob = new Set<string>(['intended', 'notSent', 'refused', 'closed']);
export const saysUnclear = new Set<string>(['unknown', 'perhaps', 'overdue']);
export const endStates = new Set<string>(['done', 'failed', 'cancelled', 'refused', 'notSent', 'notFetched', 'closed']);
