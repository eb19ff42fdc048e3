import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import {
  createSealingKey,
  KeyError,
  type Plan,
  readSecretLine,
  readVault,
  sealedUses,
  type Vault,
  writeSealedKey,
} from '@art32/shield'
import { errorCode, Refusal } from './refusal.ts'
import { clean } from './terminal.ts'

/** Options of a run that seals. */
export interface SealOptions {
  readonly vault?: string
  readonly sealed?: string
  readonly report?: string
  readonly tenant: string
}

/**
 * The key that the reversible columns of a plan are sealed with, as a line that stays in memory; undefined where there are none. What it is
 * sealed as for the vault is on the disk before this returns, hence before the first value is written that only it can reveal.
 *
 * @throws {Refusal} no vault, no place for the sealed key, or one that is there already
 */
export function sealingOf(plan: Plan, options: SealOptions): string | undefined {
  const uses = sealedUses(plan, options.tenant)
  if (uses.length === 0) return undefined
  if (options.vault === undefined)
    throw new Refusal(
      'The plan asks for reversible pseudonyms: name the vault that two people open (--vault <file>). Make one with: art32 shield vault create <file> --people <number>',
    )
  const path = options.sealed ?? (options.report === undefined ? undefined : `${options.report}.sealed`)
  if (path === undefined)
    throw new Refusal('Say where the sealed key goes, without which nobody can reveal anything (--sealed <file>).')
  const { sealed, line } = createSealingKey(vaultIn(options.vault), uses)
  writeOnce(path, writeSealedKey(sealed))
  return line
}

/** @throws {Refusal} no vault there */
export function vaultIn(path: string): Vault {
  try {
    return readVault(readSecretLine(path).line)
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    throw new Refusal(`--vault: ${clean(path)}: ${error.message}`, 2, { cause: error })
  }
}

/** Never over a file that is there: the values of an earlier run would be lost with it. */
function writeOnce(path: string, text: string): void {
  try {
    const file = openSync(path, 'wx', 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const why = {
      EEXIST: 'is there already. It reveals what an earlier run sealed; name another file',
      ENOENT: 'cannot be made: there is no such folder',
      EACCES: 'may not be written',
    }[errorCode(error) ?? '']
    throw why === undefined ? error : new Refusal(`--sealed: ${clean(path)} ${why}.`, 2, { cause: error })
  }
}
