import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { Unreadable, errorCode } from '../engine/reading.ts'
import { parseJson, readWhole } from '../files/read.ts'
import type { Component } from './components.ts'
import { affects, osvRecord } from './osv.ts'
import type { Match, OsvRecord } from './osv.ts'

/** More records than these are not read within the time of a look. */
const mostFiles = 300_000

/**
 * Looks components up in a folder of OSV records, as the unpacked archive of an ecosystem has it. Nothing leaves the
 * machine. Memory holds one record at a time and those that match.
 */
export async function searchFolder(
  folder: string,
  components: readonly Component[],
  signal: AbortSignal,
): Promise<Match[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    const key = `${component.ecosystem}/${component.name}`
    byName.set(key, [...(byName.get(key) ?? []), component])
  }
  const matches: Match[] = []
  for await (const record of recordsOf(folder, signal)) {
    const keys = new Set(
      (record.affected ?? []).map(
        ({ package: known }) => `${known?.ecosystem.split(':', 1)[0] ?? ''}/${known?.name ?? ''}`,
      ),
    )
    for (const component of [...keys].flatMap((key) => byName.get(key) ?? [])) {
      const isAffected = affects(record, component)
      if (isAffected === undefined)
        throw new Unreadable('incomplete', `${record.id} names versions of an order that is not known here`)
      if (isAffected) matches.push({ record, component })
    }
  }
  return matches
}

/** The record of each id that lies in the folder. */
export async function findRecords(folder: string, ids: readonly string[], signal: AbortSignal): Promise<OsvRecord[]> {
  const wanted = ids.filter((id) => /^[A-Za-z0-9-]{1,100}$/.test(id))
  return await Promise.all(wanted.map((id) => readRecord(join(folder, `${id}.json`), signal)))
}

async function* recordsOf(folder: string, signal: AbortSignal): AsyncGenerator<OsvRecord> {
  const entries = await opendir(folder, { bufferSize: 256 }).catch((error: unknown) => {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error))
    throw isMissing ? new Unreadable('not-configured', 'there is no folder of OSV records at this place') : error
  })
  let count = 0
  for await (const entry of entries) {
    signal.throwIfAborted()
    if (!entry.name.endsWith('.json')) continue
    count += 1
    if (count > mostFiles) throw new Unreadable('incomplete', `the folder holds more than ${mostFiles} records`)
    yield await readRecord(join(folder, entry.name), signal)
  }
  if (count === 0) throw new Unreadable('not-configured', 'the folder holds no OSV record')
}

const readRecord = async (path: string, signal: AbortSignal) =>
  parseJson((await readWhole(path, signal)).text, osvRecord)
