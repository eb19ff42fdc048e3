import { examineConnector } from '../testing/examine-connector.ts'
import { bitbucket } from './connector.ts'
import { bitbucketSettings, otherCalls, startBitbucket } from './vendor.ts'

const repository = '/repositories/{workspace}/{repo_slug}'

examineConnector(bitbucket, {
  start: () => startBitbucket(),
  settings: bitbucketSettings,
  secrets: ['token-of-the-tests'],
  hurts: {
    [`GET ${repository}/environments`]: ['environments', 'deployments', 'releases'],
    [`GET ${repository}/deployments`]: ['deployments', 'releases'],
    [`GET ${repository}/pipelines`]: ['pipelines'],
    [`GET ${repository}/pipelines/{pipeline_uuid}/steps`]: ['pipelines'],
    [`GET ${repository}/refs/tags`]: ['releases'],
    [`GET ${repository}/src/{commit}/{path}`]: ['releases'],
  },
  elsewhere: otherCalls,
  harmless: { [`GET ${repository}/src/{commit}/{path}`]: ['a call that is not there'] },
})
