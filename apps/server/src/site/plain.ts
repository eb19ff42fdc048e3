/** What a process without a database may know of domains: how a request names its host. */
export { hostOf } from './site.ts'
