import { catalogue } from './catalogue.ts'
import { controls } from './controls.ts'
import type { Control } from './controls.ts'
import { documentRules } from './document-rules.ts'
import { goals } from './goals.ts'
import type { CatalogueMeasure, GoalId } from './measure.ts'
import { references } from './references.ts'

/** A check of a release, and what a pass says for a measure. */
type Serving = { readonly id: string; readonly relation: 'proves' | 'supports' }
type ServingOf = (measure: CatalogueMeasure) => readonly Serving[]

/**
 * The reference page of the catalogue in Markdown, as committed in `docs/reference/catalogue.md`.
 *
 * @param served the checks of a release that say they serve a measure, beside those that the catalogue asks for
 */
export function referencePage(served: ServingOf = () => []): string {
  return [
    '# Catalogue of measures',
    introduction,
    ...controls.map((control) => controlSection(control, served)),
    '## Standards',
    'The identifiers below each measure in the data come from these editions.',
    table(
      ['key', 'standard', 'edition', 'known identifiers'],
      Object.entries(references).map(([key, { name, edition, ids }]) => [key, name, edition, String(ids.length)]),
    ),
    '## Faults of a document',
    'What the reader looks for in a document of measures, with the remedy.',
    table(
      ['rule', 'level', 'fault', 'remedy'],
      documentRules.map(({ id, level, title, remedy }) => [`\`${id}\``, level, title.en, remedy.en]),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

const introduction = `This page is generated from \`packages/catalogue\` by \`npm run docs\`; do not edit it.

The catalogue holds ${catalogue.length} measures. Each serves one protection goal and, where it says so, a letter of Art. 32(1)
GDPR. **Essential** measures (★) are expected of any provider. The rhythm is a default, as an ISO 8601 duration. A check in
**bold** proves the measure on the systems it looks at; the others only support it; where there is none, a person confirms it.`

function controlSection(control: Control, served: ServingOf): string {
  const rows = catalogue
    .filter((measure) => measure.control === control.id)
    .map((measure) => measureRow(measure, served))
  const head = ['measure', 'what is done', 'goal', 'Art. 32(1)', 'kind', 'rhythm', 'checks']
  return `## ${control.title.en} (${control.title.de})\n\n${table(head, rows)}`
}

function measureRow(measure: CatalogueMeasure, served: ServingOf): readonly string[] {
  const named = new Set<string>(measure.checks.map(({ id }) => id))
  const all: readonly Serving[] = [...measure.checks, ...served(measure).filter(({ id }) => !named.has(id))]
  return [
    `\`${measure.id}\`${measure.essential ? ' ★' : ''}`,
    `${measure.title.en} (${measure.title.de}). ${measure.description.en}`,
    goalTitle(measure.goal),
    measure.art32.map((point) => `(${point})`).join(' '),
    measure.kind,
    measure.cadence ?? 'on event',
    all.map(({ id, relation }) => (relation === 'proves' ? `**${id}**` : id)).join(', '),
  ]
}

function goalTitle(id: GoalId): string {
  return goals.find((goal) => goal.id === id)?.title.en ?? id
}

/** A Markdown table with padded columns, the form in which the formatter leaves it alone. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
