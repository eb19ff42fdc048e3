import { z } from 'zod'

const severity = z.enum(['critical', 'high', 'medium', 'low'])

/** What the makers of software can say about a weakness of a part (CycloneDX, `analysis.state` and `.justification`). */
export const vexStates = [
  'resolved',
  'resolved_with_pedigree',
  'exploitable',
  'in_triage',
  'false_positive',
  'not_affected',
] as const
export const vexJustifications = [
  'code_not_present',
  'code_not_reachable',
  'requires_configuration',
  'requires_dependency',
  'requires_environment',
  'protected_by_compiler',
  'protected_at_runtime',
  'protected_at_perimeter',
  'protected_by_mitigating_control',
] as const

/** What software is made of, what is known against it, and how far it has fallen behind. */
export const dependenciesFacts = {
  weaknesses: z.object({
    /** Components that were looked up. */
    components: z.int(),
    /** Components without a name that a database of weaknesses knows: said, since nobody looked them up. */
    unnamed: z.int(),
    /** One for each weakness and package, whatever number of names the weakness has. Withdrawn ones are left out. */
    found: z.array(
      z.object({
        id: z.string(),
        aliases: z.array(z.string()),
        /** Ecosystem and name: `npm/lodash`. */
        package: z.string(),
        versions: z.array(z.string()),
        severity: severity.nullable(),
        /** Where the severity comes from: computed from the CVSS vector, the word of the database, or the kind. */
        by: z.enum(['cvss-3', 'cvss-4', 'database', 'malicious']).nullable(),
        score: z.number().nullable(),
        /** When the first of its names was published. */
        published: z.iso.datetime({ offset: true }),
        isFixed: z.boolean(),
        /** What the makers say about it, of every version that has it; null: nothing. */
        vex: z
          .object({
            state: z.enum(vexStates),
            justification: z.enum(vexJustifications).nullable(),
            at: z.iso.datetime().nullable(),
          })
          .nullable()
          .default(null),
      }),
    ),
  }),
  outdated: z.object({
    /** When the report was written. */
    reportedAt: z.iso.datetime(),
    packages: z.array(
      z.object({
        name: z.string(),
        current: z.string().nullable(),
        wanted: z.string(),
        latest: z.string(),
        /** When the first version appeared that the declared range allows and that is not installed; null: none. */
        behindSince: z.iso.datetime({ offset: true }).nullable(),
      }),
    ),
  }),
}

export type DependenciesFacts = {
  readonly [K in keyof typeof dependenciesFacts]: z.output<(typeof dependenciesFacts)[K]>
}
export type Weakness = DependenciesFacts['weaknesses']['found'][number]
export type Severity = z.output<typeof severity>
