import type { Output } from '../api/api.ts'

/** A customer in the list. */
export type Listed = Output<'customer.list'>['customers'][number]
/** Everything that the page of a customer shows. */
export type CustomerShown = Output<'customer.show'>
export type Contract = CustomerShown['contracts'][number]
export type Matter = CustomerShown['matters'][number]
export type Kind = Output<'matter.kinds'>['kinds'][number]
export type Step = Kind['steps'][number]
export type Notice = Output<'announcement.of'>['notices'][number]

/** What is old after a change under an agreement. */
export const stale = ['customer.show', 'customer.list', 'matter.list', 'announcement.list', 'announcement.of'] as const

/** A kind of what may happen by its name. */
export function kindNamed(kinds: readonly Kind[], kind: string): Kind | undefined {
  return kinds.find((one) => one.kind === kind)
}

/** Today where the browser is. */
export function today(): string {
  const now = new Date()
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join(
    '-',
  )
}
