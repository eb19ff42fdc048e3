import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineErrors } from '../../kernel/index.ts'
import { openAcme } from './renewal.ts'
import type { Acme, AcmeOptions } from './renewal.ts'
import { openTurn } from './turn.ts'
import type { Turn } from './turn.ts'

const errors = defineErrors('acme', {
  elsewhere: {
    status: 500,
    family: 'refusal',
    en: 'Another process on this database orders the certificate already. Set ART32_ACME for one process only; with several put a proxy with TLS in front.',
    de: 'Ein anderer Prozess an dieser Datenbank bestellt das Zertifikat schon. Bitte ART32_ACME nur für einen Prozess setzen und bei mehreren einen Proxy mit TLS davorstellen.',
  },
  no_authority: {
    status: 500,
    family: 'refusal',
    en: 'The file of ART32_ACME_CA cannot be read. Check its path and permissions.',
    de: 'Die Datei zu ART32_ACME_CA lässt sich nicht lesen. Bitte Pfad und Rechte prüfen.',
  },
})

/**
 * Opens the certificate of this installation for the one process that orders it.
 *
 * @param controlUrl the database that tells whether another process does
 * @throws {acme.elsewhere | acme.no_authority}
 */
export async function openOwnAcme(
  options: Omit<AcmeOptions, 'ca' | 'mayOrder'> & { readonly controlUrl: string },
): Promise<Acme> {
  const turn = openTurn(options.controlUrl)
  const ca = authorityOf(options.setting.authorityFile)
  if (!(await takeTurn(turn))) throw errors.elsewhere()
  const acme = openAcme({ ...options, ca, mayOrder: () => turn.isOurs().catch(() => false) })
  return {
    ...acme,
    async stop() {
      await acme.stop()
      await turn.end()
    },
  }
}

/** The process before may be about to end. */
async function takeTurn(turn: Turn): Promise<boolean> {
  for (let left = 10; left > 0; left -= 1) {
    if (await turn.isOurs()) return true
    await sleep(500)
  }
  return false
}

function authorityOf(path: string | null): string | null {
  try {
    return path === null ? null : readFileSync(path, 'utf8')
  } catch (cause) {
    throw errors.no_authority({}, { cause })
  }
}
