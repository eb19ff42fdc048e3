import type { MeasureEntry } from '../measure.ts'

export const resilience: readonly MeasureEntry[] = []
