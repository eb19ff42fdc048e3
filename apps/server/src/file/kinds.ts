import type { Permission } from '../kernel/index.ts'

/** Who may do what with the files of one kind of thing. */
interface Kind {
  /** Needed to see and download them. */
  readonly read: Permission
  /** Any of these lets somebody bring files for it. What they are attached to is decided by its own operation. */
  readonly attach: readonly Permission[]
}

/**
 * What can have files: the noun of a module and what is needed for its files. One line for a new one.
 *
 * Whatever tells of people who work here, of an incident or of a request is not for every member.
 */
export const kinds = {
  'sign-off': { read: 'register:read', attach: ['duty:sign'] },
  duty: { read: 'register:read', attach: ['register:write', 'duty:sign'] },
  guideline: { read: 'register:read', attach: ['register:write'] },
  measure: { read: 'register:read', attach: ['register:write'] },
  processor: { read: 'register:read', attach: ['register:write'] },
  contract: { read: 'ledger:read', attach: ['register:write'] },
  person: { read: 'person:read', attach: ['person:write'] },
  confidentiality: { read: 'person:read', attach: ['person:write'] },
  training: { read: 'person:read', attach: ['person:write'] },
  device: { read: 'person:read', attach: ['person:write'] },
  incident: { read: 'ledger:read', attach: ['register:write', 'edition:sign'] },
  report: { read: 'ledger:read', attach: ['register:write', 'edition:sign'] },
  notice: { read: 'ledger:read', attach: ['register:write', 'edition:sign'] },
  request: { read: 'request:read', attach: ['request:write'] },
  risk: { read: 'ledger:read', attach: ['register:write', 'edition:sign'] },
  review: { read: 'ledger:read', attach: ['register:write', 'edition:sign'] },
  shield: { read: 'shield:write', attach: ['shield:write'] },
  audit: { read: 'ledger:read', attach: ['register:write', 'edition:sign'] },
} as const satisfies Record<string, Kind>

/** The noun of something that can have files. */
export type AboutKind = keyof typeof kinds

/** All of them. */
export const aboutKinds: readonly AboutKind[] = Object.keys(kinds).filter(isAboutKind)

/** Whether a noun is one of them. */
export function isAboutKind(kind: string): kind is AboutKind {
  return Object.hasOwn(kinds, kind)
}

/** Whether somebody with these permissions may see files of a kind. */
export function mayRead(kind: string, permissions: readonly Permission[]): boolean {
  return isAboutKind(kind) && permissions.includes(kinds[kind].read)
}

/** Whether there is anything that somebody with these permissions could bring files for. */
export function mayAdd(permissions: readonly Permission[]): boolean {
  return Object.values(kinds).some(({ attach }) => attach.some((one) => permissions.includes(one)))
}
