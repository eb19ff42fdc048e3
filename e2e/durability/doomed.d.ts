/** A server in a process of its own that is going to be killed. */
export interface Doomed {
  readonly url: string
  /** Where this machine reaches it, without TLS. */
  readonly local: string
  /** The port where it speaks TLS itself. */
  readonly tls: number | null
  /** Of the set-up link, while there is no account. */
  readonly token: string | null
  /** What it said on standard error so far. */
  readonly complaints: readonly string[]
  readonly pid: number
  /** Resolves when it has said this step of the main job, or has ended. */
  reached(step: string): Promise<void>
  isAlive(): boolean
  /** Sends a signal. */
  tell(signal: NodeJS.Signals): void
  /** Resolves with its exit status when it has ended; null where a signal did it. */
  readonly ended: Promise<number | null>
  /** kill -9, and waits for its end. */
  kill(): Promise<void>
}
/** Starts the server on a data folder and waits until it answers; with settings besides, where they are given. */
export declare function startDoomed(
  folder: string,
  task?: 'stay' | 'home' | 'member',
  settings?: Readonly<Record<string, string>>,
): Promise<Doomed>
/** A process of this machine. */
export interface Found {
  readonly pid: number
  readonly command: string
}
/** Every process of a data folder: the server, PostgreSQL with all its parts, watchers. */
export declare function processesOf(folder: string): Found[]
/** The postmaster of a data folder. */
export declare function postmasterOf(folder: string): Found | undefined
/** Waits until nothing of a data folder runs. @returns what still does after five seconds */
export declare function orphansOf(folder: string): Promise<Found[]>
/**
 * Waits until a process has started another one.
 *
 * @param program a part of its command
 * @param isOver whether what should start it has ended
 */
export declare function childOf(parent: number, program: string, isOver?: () => boolean): Promise<number>
