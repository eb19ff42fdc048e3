import { citesOf, countLines, countMapping, linesOf } from './edition.ts'
import type { Block, EditionDocument, Line, Visibility } from './edition.ts'

const width: Readonly<Record<Visibility, number>> = { public: 0, customers: 1, auditors: 2 }

/**
 * The edition as one audience may see it: lines meant for a narrower circle are left out and counted.
 *
 * For the public, a line also loses every backing that is not a pass, since which check fails on which system helps an
 * attacker, and a failure within its grace is shown, in all formats, as the bare sentence it still is.
 */
export function editionFor(audience: Visibility, edition: EditionDocument): EditionDocument {
  const all = linesOf(edition.sections)
  const hidden = (circle: Visibility): number =>
    width[circle] > width[audience] ? all.filter((line) => line.visibility === circle).length : 0
  const sections = edition.sections.map((section) => ({
    ...section,
    blocks: section.blocks.flatMap((block): Block[] => {
      if (block.kind === 'text') return [block]
      if (width[block.visibility] > width[audience]) return []
      return [audience === 'public' ? withoutWeakness(block) : block]
    }),
  }))
  const lines = linesOf(sections)
  const { changes } = edition
  const seen = changes?.decisions.filter(({ visibility }) => width[visibility] <= width[audience])
  return {
    ...edition,
    ...(changes && seen ? { changes: { ...changes, decisions: seen } } : {}),
    sections,
    counts: countLines(lines),
    mapping: countMapping(lines),
    withheld: {
      customers: edition.withheld.customers + hidden('customers'),
      auditors: edition.withheld.auditors + hidden('auditors'),
    },
  }
}

function withoutWeakness(line: Line): Line {
  const passes = line.parts.map((part) => ({
    ...part,
    backing: part.backing.filter((backing) => backing.kind !== 'check' || backing.state === 'pass'),
  }))
  if (line.assurance !== 'failing' && line.assurance !== 'lapsed') {
    return { ...line, parts: passes, cites: citesOf(passes) }
  }
  return withoutProof(line, line.publicState === 'correction-due' ? line.assurance : 'stated')
}

/** Keeps the confirmations, but neither outcomes nor the leaves, dates and days that would tell of them. */
function withoutProof(line: Line, assurance: Line['assurance']): Line {
  const { period: _period, ...rest } = line
  const parts = line.parts.map((part) => ({ ...part, backing: [] }))
  return { ...rest, assurance, parts, checkedAt: null, freshUntil: null, cites: citesOf(parts) }
}
