/**
 * A server, or a restore, that is going to be killed: it does one thing and says when it began.
 *
 * @see scripts/testing/killed-backup.ts
 */
import { readConfig, restore, startServer } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/index.ts'

const [task = '', databaseUrl = '', prefix = '', templatePrefix = '', place = '', identity = ''] = process.argv.slice(2)
const postgres = await connectExternal(databaseUrl)
const config = readConfig(process.env)
if (task === 'backup') {
  const server = await startServer(config, {
    postgres,
    prefix,
    templatePrefix,
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  process.stdout.write('begins\n')
  for (;;) await server.backups.make()
}
process.stdout.write('begins\n')
const wish = { from: place, key: { id: null, secret: null }, identities: [identity] }
await restore(config, wish, { postgres, prefix, templatePrefix })
process.stdout.write('ended\n')
