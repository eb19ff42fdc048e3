import { documentRules, type RuleGroup } from '@art32/catalogue'

const groups: readonly (readonly [RuleGroup, string])[] = [
  ['currency', 'Currency and responsibility'],
  ['residue', 'Residue of templates and copying'],
  ['wording', 'Wording'],
  ['substance', 'Technical substance'],
  ['completeness', 'Completeness'],
]

/** The reference page of the document rules, `docs/reference/document-rules.md`, generated from the catalogue. */
export function documentRulesPage(): string {
  const intro = [
    '# Document rules',
    '',
    '<!-- Generated from the catalogue by documentRulesPage(); edit the rules there. -->',
    '',
    `The reader looks for ${documentRules.length} faults of a document of technical and organisational measures. Each fault names the rule, the line, the words it is about, why it matters and what to write instead, in the language of the document.`,
    '',
    'Level `error`: do not publish or sign. `warning`: a data protection officer would ask. `info`: could be better. Rules on completeness run after the mapping to the catalogue and count only what is in place.',
  ]
  const parts = groups.flatMap(([group, title]) => [
    '',
    `## ${title}`,
    ...documentRules.filter((rule) => rule.group === group).flatMap(section),
  ])
  return `${[...intro, ...parts].join('\n')}\n`
}

function section(rule: (typeof documentRules)[number]): string[] {
  return [
    '',
    `### \`${rule.id}\``,
    '',
    `**${rule.title.en}** · ${rule.title.de} · level \`${rule.level}\``,
    '',
    `- Why: ${rule.why.en}`,
    `- Warum: ${rule.why.de}`,
    `- Instead: ${rule.remedy.en}`,
    `- Stattdessen: ${rule.remedy.de}`,
    `- Source: ${rule.source}`,
  ]
}
