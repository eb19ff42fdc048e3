/**
 * The command line `art32`. One file for each command, loaded when it is called, so that a start costs only what it uses.
 *
 * Results go to stdout, everything else to stderr. Exit status: 0 done and in order, 1 looked at and not in order,
 * 2 could not be looked at, 3 nothing of a look at systems could be seen.
 */
import { startLean } from './lean.ts'
import { run } from './program.ts'
import { processTerminal } from './terminal.ts'

/** Commands that stay. */
const servers = new Set(['serve', 'demo'])
if (servers.has(process.argv[2] ?? '')) startLean()

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe has seen enough (`art32 read … | head`).
    if (error.code === 'EPIPE') process.exit(0)
    // Half a report is none: whoever called must not take it for one.
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
      process.stderr.write('art32: there is no space left for what was to be printed.\n')
      process.exit(2)
    }
    throw error
  })
}

const exit = await run(process.argv.slice(2), processTerminal())
if (exit !== undefined) process.exitCode = exit
