/** Where something runs, the one that counts by default first. */
export const environments = ['production', 'staging', 'test', 'development'] as const

/** Where something runs. */
export type Environment = (typeof environments)[number]

/** The environment of this name, as a select hands it back; production for any other. */
export function environmentOf(value: string): Environment {
  return environments.find((known) => known === value) ?? 'production'
}
