/**
 * A restore to a moment, or the first start after it, that a test kills: `node doomed-moment.ts restore <place> <identity>` or
 * `node doomed-moment.ts start`, with the settings in the environment. Says when it is done.
 */
import { readConfig, restoreTo, startServer } from '../../apps/server/src/main.ts'

const [task = '', place = '', identity = ''] = process.argv.slice(2)
const config = readConfig(process.env)
if (task === 'restore')
  await restoreTo(config, {
    from: place,
    key: { id: null, secret: null },
    identities: [identity],
    to: 'latest',
  })
else await startServer(config, { passwordCost: { memoryKiB: 64, passes: 1 } })
process.stdout.write('done\n')
