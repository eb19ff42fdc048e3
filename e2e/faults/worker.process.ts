/** A worker on a queue that may be killed at any moment: it notes that it begins a job, takes its time, and notes the effect once. */
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import { openLog } from '../../apps/server/src/platform/log.ts'
import { openQueue } from '../../apps/server/src/platform/queue.ts'

const [, , controlUrl = '', effectsUrl = ''] = process.argv
const effects = new Pool({ connectionString: effectsUrl, max: 4 })
const queue = await openQueue(
  controlUrl,
  openLog('error', () => new Date()),
)
await queue.work<{ id: string }>('test.killed', { expireSeconds: 2, atOnce: 4, retries: 50 }, async ({ id }) => {
  await effects.query('insert into effect_of_job (id, begun) values ($1, true)', [id])
  await sleep(150)
  await effects.query('insert into effect_of_job (id, begun) values ($1, false) on conflict do nothing', [id])
})
process.send?.('works')
