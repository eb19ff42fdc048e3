import type { Plan } from '../plan/plan.ts'
import type { TextEngine } from '../text/engine.ts'
import type { Spans } from '../text/spans.ts'
import type { Means, Pseudonymiser } from './action.ts'
import { type Arena, copyBytes, makeArena, room } from './arena.ts'
import type { ColumnCount } from './count.ts'

/**
 * Writes a text without what was found in it to `out` from `out.length` on, without moving that; counts by type.
 *
 * @returns the length, or -1 where all that was found stays
 */
export type Replacer = (
  bytes: Uint8Array,
  start: number,
  end: number,
  spans: Spans,
  out: Arena,
  count: ColumnCount,
) => number

type Way = { readonly label: Uint8Array } | { readonly by: Pseudonymiser } | 'keep'

/** What takes the place of each type, as the plan says. A label is the type in square brackets: `[iban]`. */
export function makeReplacer(plan: Plan, engine: TextEngine, means: Means): Replacer {
  const ways = engine.types.map((type): Way => {
    const way = plan.text.types[type] ?? plan.text.default
    switch (way) {
      case 'keep':
        return 'keep'
      case 'delete':
        return { label: new Uint8Array(0) }
      case 'label':
        return { label: new TextEncoder().encode(`[${type}]`) }
      case 'pseudonym':
        return { by: means.textPseudonyms(type, plan) }
    }
  })
  const canonical = makeArena(256)

  function write(way: Way, bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
    if (way === 'keep') return 0
    if ('label' in way) {
      copyBytes(way.label, 0, way.label.length, out, at)
      return way.label.length
    }
    const into = room(canonical, 4 * (end - start) + 64)
    const { batch } = way.by
    // Batches belong to columns while a block is worked on; a text has one of its own.
    const place = batch.add(into, 0, way.by.canonical(bytes, start, end, into, 0))
    batch.run()
    const length = batch.write(place, 'text', out, at)
    batch.clear()
    return length
  }

  return (bytes, start, end, spans, out, count) => {
    let at = out.length
    let copied = start
    let changed = false
    for (let index = 0; index < spans.count; index += 1) {
      const type = spans.type[index] ?? 0
      const name = engine.types[type] ?? ''
      count.found[name] = (count.found[name] ?? 0) + 1
      const way = ways[type] ?? 'keep'
      if (way === 'keep') continue
      changed = true
      const from = spans.start[index] ?? 0
      const to = spans.end[index] ?? 0
      const into = room(out, at - out.length + (from - copied) + (end - to) + 128)
      copyBytes(bytes, copied, from, into, at)
      at += from - copied
      at += write(way, bytes, from, to, into, at)
      copied = to
    }
    if (!changed) return -1
    const into = room(out, at - out.length + end - copied)
    copyBytes(bytes, copied, end, into, at)
    return at + end - copied - out.length
  }
}
