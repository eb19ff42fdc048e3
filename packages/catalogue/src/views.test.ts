import { describe, expect, it } from 'vitest'
import { catalogue, findMeasure, isViewId, viewOf, views } from './index.ts'

/** Measures without a sound place in a view, in words; empty when all have one. */
function faultsOf(placed: (typeof views)[number]): readonly string[] {
  const known = placed.headings.map(({ id }) => id)
  return catalogue.flatMap((measure) => {
    const place = placed.placeOf(measure.id)
    if (!place) return [`${measure.id}: no place`]
    const named = [place.primary, ...place.also]
    return [
      ...named.filter((id) => !known.includes(id)).map((id) => `${measure.id}: no heading ${id}`),
      ...(new Set(named).size === named.length ? [] : [`${measure.id}: named twice`]),
    ]
  })
}

describe('views', () => {
  it.each(views.map((view) => [view.id, view] as const))('gives every measure one place in %s', (_id, view) => {
    expect(faultsOf(view)).toEqual([])
  })

  it('notices a measure without a place', () => {
    const sdm = viewOf('sdm')
    expect(faultsOf({ ...sdm, headings: sdm.headings.slice(1) })).not.toEqual([])
  })

  it.each(views.map((view) => [view.id, view] as const))('leaves no heading of %s without any measure', (_id, view) => {
    const used = new Set(catalogue.map((measure) => view.placeOf(measure.id)?.primary))
    expect(view.headings.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([])
  })

  it('has headings that differ, in both languages', () => {
    for (const { headings } of views)
      for (const language of ['en', 'de'] as const)
        expect(new Set(headings.map(({ title }) => title[language])).size).toBe(headings.length)
  })

  it.each([
    ['classic', 'transport-encryption', 'transfer'],
    ['classic', 'restore-test', 'availability'],
    ['classic', 'employee-training', 'organisation'],
    ['art32', 'transport-encryption', 'a'],
    ['art32', 'restore-test', 'c'],
    ['art32', 'penetration-test', 'd'],
    ['art32', 'employee-training', 'further'],
    ['sdm', 'retention-deletion', 'Datenminimierung'],
    ['sdm', 'regular-backup', 'Verfügbarkeit'],
    ['clauses', 'visitor-escort', 'physical'],
    ['clauses', 'data-subject-requests', 'assistance'],
  ])('places in %s the measure %s under %s', (view, measure, heading) => {
    if (!findMeasure(measure) || !isViewId(view)) throw new Error('The example names something that is not there.')
    expect(viewOf(view).placeOf(measure)?.primary).toBe(heading)
  })

  it('has the seventeen examples of the clauses and the two descriptions they ask for', () => {
    expect(viewOf('clauses').headings).toHaveLength(19)
    expect(viewOf('clauses').headings[16]?.title.en).toBe('Measures for allowing data portability and ensuring erasure')
  })
})
