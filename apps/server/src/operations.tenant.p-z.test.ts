import { describeStrangers } from '../../../scripts/testing/operations/tenant-suite.ts'

describeStrangers('p-z')
