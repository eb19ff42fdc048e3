import { z } from 'zod'
import { tenantOperation } from '../../evidence/index.ts'
import { cleanText } from '../../kernel/index.ts'
import { objectErrors } from '../../platform/index.ts'
import type { Tenant } from '../../tenant/index.ts'
import { shieldErrors } from '../errors.ts'
import { ReportView } from '../views.ts'
import { cancelJob, getJob, resumeJob, startJob } from './job.ts'
import { addStore, changeKey, removeStore } from './places.ts'
import * as store from './store.ts'
import { JobView, ObjectView, StoreView, SumShown, viewJob, viewObject, viewStore } from './views.ts'
import { SumView } from './sum.ts'

/** Objects and jobs that are shown. */
const mostShown = 500
const mostJobs = 100

const Name = z.string().transform(cleanText).pipe(z.string().min(1).max(100))
/** A folder, or what names begin with; as it stands in the store. */
const Prefix = z
  .string()
  .min(1)
  .max(900)
  .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character')

const key = {
  accessKeyId: z.string().regex(/^[\x21-\x7e]{3,200}$/),
  secretAccessKey: z.string().regex(/^[\x21-\x7e]{1,500}$/),
}

/** Jobs over the objects of a store. @param mayBeLocal whether a tenant may reach this machine itself */
export function objectOperations({ mayBeLocal }: { readonly mayBeLocal: (tenant: Tenant) => boolean }) {
  return [
    tenantOperation({
      id: 'shield.store_add',
      summary: 'Adds a bucket of an S3-compatible object store; its access key is sealed',
      needs: 'shield:write',
      changes: true,
      input: z.object({
        name: Name,
        endpoint: z.url().max(300),
        region: z.string().regex(/^[a-z0-9-]{2,32}$/),
        bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
        addressing: z.enum(['path', 'host']).default('path'),
        ...key,
      }),
      output: z.object({ storeId: z.uuid() }),
      refuses: [objectErrors.bad_endpoint, objectErrors.not_allowed, shieldErrors.store_name_taken],
      async run({ name, endpoint, region, bucket, addressing, ...access }, tx) {
        const place = { name, endpoint, region, bucket, addressing }
        return { storeId: await addStore(tx, place, { key: access, mayBeLocal: mayBeLocal(tx.tenant) }) }
      },
    }),
    tenantOperation({
      id: 'shield.store_enter',
      summary: 'Enters another access key for an object store',
      needs: 'shield:write',
      changes: true,
      input: z.object({ storeId: z.uuid(), ...key }),
      output: z.object({}),
      refuses: [shieldErrors.store_not_found],
      async run({ storeId, ...access }, tx) {
        await changeKey(tx, storeId, access)
        return {}
      },
    }),
    tenantOperation({
      id: 'shield.store_remove',
      summary: 'Forgets an object store and its access key; nothing in it is touched',
      needs: 'shield:write',
      changes: true,
      input: z.object({ storeId: z.uuid() }),
      output: z.object({}),
      refuses: [shieldErrors.store_not_found, shieldErrors.store_in_use],
      async run({ storeId }, tx) {
        await removeStore(tx, storeId)
        return {}
      },
    }),
    tenantOperation({
      id: 'shield.store_list',
      summary: 'Lists the object stores, without their access keys',
      needs: 'shield:write',
      input: z.object({}),
      output: z.object({ stores: z.array(StoreView) }),
      run: async (_, tx) => ({ stores: (await store.listStores(tx)).map(viewStore) }),
    }),
    tenantOperation({
      id: 'shield.job_start',
      summary: 'Sends every object of a folder through the shield by a plan into another folder of the same bucket',
      needs: 'shield:write',
      changes: true,
      input: z.object({ storeId: z.uuid(), planId: z.uuid(), input: Prefix, output: Prefix }),
      output: z.object({ jobId: z.uuid() }),
      refuses: [
        shieldErrors.store_not_found,
        shieldErrors.plan_not_found,
        shieldErrors.enter_again,
        shieldErrors.same_place,
      ],
      run: async (input, tx) => ({ jobId: await startJob(tx, input) }),
    }),
    tenantOperation({
      id: 'shield.job_cancel',
      summary: 'Ends a job over objects; what went through stays',
      needs: 'shield:write',
      changes: true,
      input: z.object({ jobId: z.uuid() }),
      output: z.object({}),
      refuses: [shieldErrors.job_not_found, shieldErrors.job_over],
      async run({ jobId }, tx) {
        await cancelJob(tx, jobId)
        return {}
      },
    }),
    tenantOperation({
      id: 'shield.job_resume',
      summary: 'Goes on with a job over objects that ended, over what did not go through',
      needs: 'shield:write',
      changes: true,
      input: z.object({ jobId: z.uuid() }),
      output: z.object({}),
      refuses: [shieldErrors.job_not_found, shieldErrors.job_not_ended],
      async run({ jobId }, tx) {
        await resumeJob(tx, jobId)
        return {}
      },
    }),
    tenantOperation({
      id: 'shield.job_list',
      summary: 'Lists jobs over objects, the newest first',
      needs: 'shield:write',
      input: z.object({}),
      output: z.object({ jobs: z.array(JobView) }),
      run: async (_, tx) => ({ jobs: (await store.listJobs(tx, mostJobs)).map(viewJob) }),
    }),
    tenantOperation({
      id: 'shield.job_show',
      summary:
        'Shows a job over objects: how far it is, its objects, those that failed first, and the sum of their reports',
      needs: 'shield:write',
      input: z.object({
        jobId: z.uuid(),
        /** Also the whole report of the object of this name. */
        object: z.string().max(1_024).optional(),
      }),
      output: JobView.extend({
        objects: z.array(ObjectView),
        report: SumShown,
        /** Of the object that was asked for; null where it did not go through. */
        objectReport: ReportView.nullable(),
      }),
      refuses: [shieldErrors.job_not_found],
      async run({ jobId, object }, tx) {
        const row = await getJob(tx, jobId)
        const objects = (await store.listObjects(tx, jobId, mostShown)).map(viewObject)
        const of = object === undefined ? undefined : await store.findReport(tx, jobId, object)
        return {
          ...viewJob(row),
          objects,
          report: row.report === null ? null : SumView.parse(row.report),
          objectReport: of === undefined ? null : ReportView.parse(of),
        }
      },
    }),
  ]
}
