/* A PostgreSQL that starts again when it is killed, as one of an operating system does. Its argument is an empty folder. */
import { startPostgres } from '../../apps/server/src/platform/postgres/index.ts'

const postgres = await startPostgres({ folder: process.argv[2] ?? '' })
process.once('SIGTERM', () => void postgres.stop())
process.stdout.write(`${JSON.stringify({ url: postgres.url(postgres.maintenance) })}\n`)
