import type { Text } from './text.ts'

/** A measure that left the catalogue. Its id stays taken, and old editions still name it. */
export type RetiredMeasure = {
  readonly id: string
  /** The `catalogueVersion` that no longer has it. */
  readonly since: string
  readonly reason: Text
  /** Ids of the measures that took its place; empty where nothing did. */
  readonly replacedBy: readonly string[]
}

/** Retired measures; none so far. */
export const retired: readonly RetiredMeasure[] = []
