/**
 * Two editions beside each other: what is promised more, less or otherwise, word by word and by assurance.
 *
 * - The verdict is "decision needed" or not. That two promises are equivalent is for a person to say.
 * - A parameter, a rhythm, a scope, a guarantor or a qualifier counts as much as a whole line.
 * - The level of protection per goal is a sum whose every term is shown.
 *
 * @source Art. 28(3)(c) and 32(1) GDPR; clause 7.4 of the standard contractual clauses (EU) 2021/915
 */
export { compareEditions } from './compare.ts'
export type { Change, Comparison } from './compare.ts'
export { aspects, changeKinds, directions } from './kinds.ts'
export type { Aspect, ChangeKind, Difference, Direction } from './kinds.ts'
export { compareMeasures } from './measures.ts'
export type { MeasureRow, MeasureTable } from './measures.ts'
export type { GoalLevel, MeasureKind, MeasureKinds, Term } from './level.ts'
export { compareWords } from './words.ts'
export type { Run } from './words.ts'
