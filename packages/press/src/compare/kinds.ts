/**
 * In which direction a promised value moved. `other`: nobody but a person can say, such as RAID 5 to RAID 1, or copies
 * that are kept longer. Only `stronger` needs no decision.
 */
export const directions = ['stronger', 'weaker', 'other'] as const
/** One of {@link directions}. */
export type Direction = (typeof directions)[number]

/**
 * What of a line is promised. `softening`: a word came or went that takes a part back, such as "where possible"; `whole`: one
 * that makes the promise whole, such as "all"; `line`: the whole line.
 */
export const aspects = [
  'status',
  'condition',
  'measure',
  'parameter',
  'rhythm',
  'guarantor',
  'system',
  'exception',
  'softening',
  'whole',
  'negation',
  'number',
  'line',
] as const
/** One of {@link aspects}. */
export type Aspect = (typeof aspects)[number]

/**
 * What became of a line. `reworded`: other words that promise the same; `translated`: the other language, the same promise;
 * `changed`: the same line promises something else.
 */
export const changeKinds = ['same', 'reworded', 'translated', 'changed', 'added', 'removed'] as const
/** One of {@link changeKinds}. */
export type ChangeKind = (typeof changeKinds)[number]

/** One respect in which two versions of a line promise something different. */
export interface Difference {
  readonly aspect: Aspect
  /** Of what: the name of the parameter, the id of the measure; empty otherwise. */
  readonly of: string
  /** As it was and as it is, as texts for people; empty where there was or is nothing. */
  readonly before: string
  readonly after: string
  readonly direction: Direction
}
