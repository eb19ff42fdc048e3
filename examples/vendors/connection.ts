import type { ListenAt } from '../../packages/probes/src/testing/servers.ts'

/** What the demo connects: a connector with its settings, and the name of the system for people. */
export type DemoConnection = {
  readonly connector: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly name: string
  readonly environment?: 'test' | 'production'
  /** Looked at so many days ago and paused since: what it proved has lapsed. */
  readonly pausedSince?: number
}

/** A server of the demo. */
export type DemoServer = { readonly close: () => Promise<void> }

/** Where the next server listens. Each is known by a name, so that it gets the same port at each start. */
export type Place = (name: string) => Promise<Required<ListenAt>>

/** Keeps what is started, so that all of it is closed together. */
export type Keep = <S extends DemoServer>(starting: Promise<S>) => Promise<S>

const hourMs = 3_600_000

/** Hours before now, as most vendors write times. */
export const hoursAgo = (hours: number): string => new Date(Date.now() - hours * hourMs).toISOString()

/** Days before now; negative: to come. */
export const daysAgo = (days: number): string => hoursAgo(days * 24)

/** Two o'clock at night, so many days ago, but never in the future and never more than a day old for today's. */
export const nightly = (nights: number): string => hoursAgo(6 + nights * 24)
