import { examineConnector } from '../testing/examine-connector.ts'
import { gitlab } from './connector.ts'
import { calls, deliveryCalls, settings, startGitlab } from './vendor.ts'

examineConnector(gitlab, {
  start: () => startGitlab(),
  settings,
  secrets: ['token-of-the-tests'],
  hurts: {
    [calls.environments]: ['deployments', 'releases'],
    [calls.deployments]: ['deployments', 'releases'],
    [calls.pipelines]: ['pipelines'],
    [calls.jobs]: ['pipelines'],
    [calls.tags]: ['releases'],
    [calls.file]: ['releases'],
    [calls.releases]: ['releases'],
  },
  elsewhere: Object.values(calls).filter((call) => !deliveryCalls.includes(call)),
  harmless: { [calls.file]: ['a call that is not there'] },
})
