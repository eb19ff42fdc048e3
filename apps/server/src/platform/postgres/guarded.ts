import { spawn, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Account } from './account.ts'

/** How to run a program that must not outlive this process. */
export interface GuardedOptions {
  readonly command: string
  readonly arguments: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  readonly account: Account | null
  /** A file descriptor that takes standard output and error; `pipe` to read them. */
  readonly output: number | 'pipe'
}

/**
 * Leaves a watcher behind that reads descriptor 3, then becomes the program itself, so that there is no moment without
 * a guard. When we are killed the kernel closes our end: the watcher reads the end of file and shuts the program down
 * (INT is PostgreSQL's fast shutdown; QUIT skips the last checkpoint when that takes long, recovery makes up for it)
 * until it is gone, or a zombie that init has yet to collect. A line instead means that the program ended by itself.
 * The watcher is orphaned on purpose: PostgreSQL takes fright at children it does not know.
 */
const script = `
( ( exec >/dev/null 2>&1
    read -r ended <&3 && exit
    kill -INT $$
    tries=0
    while kill -0 $$ && [ $tries -lt 60 ]; do
      state=
      read -r state < /proc/$$/stat
      case $state in *') Z '*) exit ;; esac
      tries=$((tries + 1))
      [ $tries -eq 7 ] && kill -QUIT $$
      [ $tries -eq 59 ] && kill -KILL $$
      sleep 0.1
    done ) & )
exec 3<&-
exec "$@"
`

/** Spawns a program in a session of its own (a Ctrl-C in the terminal is ours to handle) that ends when this process ends. */
export function spawnGuarded(options: GuardedOptions): ChildProcess {
  const child = spawn('/bin/sh', ['-c', script, 'sh', options.command, ...options.arguments], {
    cwd: options.cwd,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...options.environment },
    stdio: ['ignore', options.output, options.output, 'pipe'],
    detached: true,
    ...options.account,
  })
  const pipe = child.stdio[3] as Socket
  pipe.on('error', () => undefined)
  child.once('exit', () => pipe.end('ended\n'))
  return child
}
