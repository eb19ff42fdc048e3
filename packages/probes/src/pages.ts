import { z } from 'zod'
import { isFor } from './engine/check.ts'
import type { Check } from './engine/check.ts'
import type { Connector } from './engine/connector.ts'
import { fieldMeta } from './engine/text.ts'
import { checks, connectorOf, connectors } from './registry.ts'

/**
 * The guide pages of all checks by file name (`tls.protocols.md`, `index.md`), as Markdown.
 *
 * @source what the checks and connectors say about themselves; nothing on the pages is written twice
 */
export function checkPages(): Readonly<Record<string, string>> {
  const pages = checks.map((check) => [`${check.id}.md`, checkPage(check)] as const)
  return { 'index.md': indexPage(), ...Object.fromEntries(pages) }
}

const notice = 'This page is generated from `packages/probes` by `npm run docs`; do not edit it.'

function indexPage(): string {
  return page([
    '# Checks',
    notice,
    `${checks.length} checks over the facts of ${connectors.length} connectors. A check says **pass**, **fail** or **info**. Only the engine says **not-evaluated** (could not look, with the reason), **not-applicable** (nothing to judge) and **stale** (looked too long ago): what could not be seen is never a pass and never a fail.`,
    ...connectors.flatMap((connector) => [
      `## ${connector.title.en} (\`${connector.id}\`)`,
      connector.about.en,
      list(
        checks
          .filter((check) => isFor(check, connector.id))
          .map((check) => `[${check.id}](${check.id}.md): ${check.title.en}.`),
      ),
    ]),
  ])
}

function checkPage(check: Check): string {
  const connector = connectorOf(check.connector)
  return page([
    `# ${check.id}`,
    notice,
    `**${check.title.en}.** ${check.why.en}`,
    `_${check.title.de}._ ${check.why.de}`,
    list([
      `Severity of a fail: ${check.severity}`,
      `An outcome is fresh for ${check.maxAge} (ISO 8601).`,
      `Nothing there to judge, all of it read: ${check.onEmpty}`,
      `Version of the judgement: ${check.version}`,
      ...check.serves.map(
        ({ measure, as, takes }) => `${as === 'proves' ? 'Proves' : 'Supports'} \`${measure}\`${takesText(takes)}`,
      ),
    ]),
    '## What it reads',
    ...(connector === undefined ? [] : readsText(check, connector)),
    '## Parameters',
    list(parametersText(check)) || 'None.',
    '## What it can say',
    list(Object.values(check.messages).map(({ en, de }) => (en === de ? code(en) : `${code(en)} · ${code(de)}`))),
    '## Pitfalls',
    list(check.pitfalls),
    '## Remedy',
    check.remedy.en,
    check.remedy.de,
    '## Sources',
    list([...check.refs, ...check.sources.map((source) => `<${source}>`)]),
  ])
}

function readsText(check: Check, connector: Connector): string[] {
  return [
    `By the connector \`${connector.id}\` (${connector.title.en}): ${connector.about.en}`,
    (check.also ?? []).length === 0 ? '' : `Also by ${(check.also ?? []).map(code).join(', ')}.`,
    list(check.reads.map((name) => `\`${name}\`: ${fieldsOf(connector.facts[name]).map(code).join(', ')}`)),
    '## Least privilege',
    list(connector.needs.map(({ privilege, reason }) => `${privilege}. ${reason.en}`)) ||
      'None: it looks from outside, or at public data.',
  ]
}

const jsonSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.object({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
})

function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (schema === undefined) return []
  const { properties, items } = jsonSchema.parse(z.toJSONSchema(schema))
  return Object.keys(properties ?? items?.properties ?? {})
}

function parametersText({ params }: Check): string[] {
  const defaults: Readonly<Record<string, unknown>> = params.parse({})
  return Object.entries<z.ZodType>(params.shape).map(([name, schema]) => {
    const meta = fieldMeta(schema)
    const unit = meta?.unit === undefined ? '' : ` ${meta.unit}`
    return `\`${name}\` (default \`${JSON.stringify(defaults[name])}\`${unit}): ${meta?.label.en ?? name}${meta?.help === undefined ? '' : `. ${meta.help.en}`}`
  })
}

function takesText(takes: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(takes ?? {}).map(([statement, parameter]) => `\`${statement}\` as \`${parameter}\``)
  return pairs.length === 0 ? '' : `, taking from the statement ${pairs.join(', ')}`
}

const code = (text: string) => `\`${text}\``
const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n')
const page = (parts: readonly string[]) => `${parts.filter((part) => part !== '').join('\n\n')}\n`
