/** Who there is on a server under attack, and in which tenant as what. All have the password of the tests. */
export const people = {
  operator: { 'this-installation': 'owner' },
  owner: { alpha: 'owner' },
  editor: { alpha: 'editor' },
  signatory: { alpha: 'signatory' },
  dpo: { alpha: 'dpo' },
  member: { alpha: 'member' },
  leaver: { alpha: 'editor' },
  both: { alpha: 'editor', beta: 'owner' },
  stranger: { beta: 'owner' },
} as const satisfies Readonly<
  Record<string, Readonly<Record<string, 'owner' | 'editor' | 'signatory' | 'dpo' | 'member'>>>
>

export type PersonName = keyof typeof people

export const addressOf = (name: PersonName): string => `${name}@example.com`

/** Everybody's. */
export const peoplesPassword = 'correct horse battery staple'
