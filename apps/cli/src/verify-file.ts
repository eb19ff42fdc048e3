/**
 * The verifier in one file, `art32-verify.mjs`: what `art32 verify` does, with nothing but Node.js from 20.19 on. It is built
 * with each release and lies in every proof bundle, since whoever checks a provider should not have to install it.
 */
import { parseArgs } from 'node:util'
import { errorCode, Refusal } from './refusal.ts'
import { clean, processTerminal, type Terminal } from './terminal.ts'
import { verify } from './verify.ts'

const usage = `art32-verify: checks a proof bundle of art32, without art32 and without a network.

  node art32-verify.mjs BUNDLE|URL|PROOF   a zip file, a folder, the address of a trust page, or a .tlog-proof file

  --key VKEY               a key of the log that you got another way; may be repeated
  --held FILE              a checkpoint or a bundle that you kept; the log must continue it; may be repeated
  --policy FILE            your own policy (c2sp.org/tlog-policy): keys of logs, witnesses, and who must have cosigned
  --tsa-root FILE          a root certificate (PEM) that you trust for time stamps; may be repeated
  --entry FILE             the entry of a plain .tlog-proof file, which has none in it
  --save-checkpoint FILE   keep the checkpoint of what holds; one that is there must be continued
  --json                   print the schema art32.verify/1

Exit status: 0 it holds, 1 it does not, 2 it could not be looked at.
`

process.exitCode = await run(process.argv.slice(2), processTerminal())

async function run(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const { source, options } = parse(args)
    if (options.help === true) {
      terminal.out(usage)
      return 0
    }
    if (source === undefined) throw new Refusal('Name a bundle: a zip file, a folder, or the address of a trust page.')
    return await verify(source, options, terminal)
  } catch (error) {
    if (error instanceof Refusal) {
      terminal.err(`art32-verify: ${clean(error.message)}\n`)
      return error.exit
    }
    terminal.err(
      `art32-verify made a mistake, please report it: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown'}\n`,
    )
    return 2
  }
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        held: { type: 'string', multiple: true },
        policy: { type: 'string' },
        'tsa-root': { type: 'string', multiple: true },
        entry: { type: 'string' },
        'save-checkpoint': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (positionals.length > 1) throw new Refusal('Name one bundle; each is checked by a call of its own.')
    const { 'save-checkpoint': saveCheckpoint, 'tsa-root': tsaRoot, ...others } = values
    const options = tsaRoot === undefined ? others : { ...others, tsaRoot }
    return { source: positionals[0], options: saveCheckpoint === undefined ? options : { ...options, saveCheckpoint } }
  } catch (error) {
    // An argument may hold a password; it is not repeated.
    if (errorCode(error).startsWith('ERR_PARSE_ARGS'))
      throw new Refusal('This argument is not known. node art32-verify.mjs --help explains them.', 2, { cause: error })
    throw error
  }
}
