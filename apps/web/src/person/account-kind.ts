/** What accounts can be to their tenant, as the list is narrowed down by. */
export const accountKinds = ['open', 'left', 'person', 'program'] as const

export type AccountKind = (typeof accountKinds)[number]

/** The kind in an address, if it is one. */
export function kindFrom(text: string | undefined): AccountKind | undefined {
  return accountKinds.find((kind) => kind === text)
}

/** Whether the id of an account is a pseudonym, behind which a name is known. */
export function isPseudonym(account: string): boolean {
  return /^person-[0-9a-f]{32}$/.test(account)
}
