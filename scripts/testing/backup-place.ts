import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newBackupKey } from '../../apps/server/src/main.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-world-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const { identity, recipient } = await newBackupKey()

/** A folder for the backups of a test's installation, with the key that opens them. */
export const backupPlace = {
  folder,
  identity,
  environment: { ART32_BACKUP_RECIPIENTS: recipient, ART32_BACKUP_TARGET: folder },
}
