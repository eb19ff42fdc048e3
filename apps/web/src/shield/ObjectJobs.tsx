import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { JobForm } from './JobForm.tsx'
import { StoreForm } from './StoreForm.tsx'

type Store = Output<'shield.store_list'>['stores'][number]

/** Folders of object stores that go through the shield: the stores, a new job, and what became of earlier ones. */
export function ObjectJobs() {
  const { t } = useTranslation()
  const stores = useRead('shield.store_list', {})
  const [isAdding, setIsAdding] = useState(false)
  return (
    <section className="shield-earlier">
      <h2>{t('shieldJob.title')}</h2>
      <p>{t('shieldJob.lead')}</p>
      <Loaded read={stores}>
        {({ stores: all }) => (
          <>
            {all.length === 0 ? <p>{t('shieldJob.noStores')}</p> : <JobForm stores={all} />}
            <h3>{t('shieldJob.stores')}</h3>
            <ul className="rows">
              {all.map((one) => (
                <StoreRow key={one.storeId} store={one} />
              ))}
            </ul>
            <div className="actions">
              <Button onClick={() => setIsAdding(true)}>{t('shieldJob.add')}</Button>
            </div>
            <Dialog title={t('shieldJob.add')} opened={isAdding} onClose={() => setIsAdding(false)}>
              <StoreForm onDone={() => setIsAdding(false)} />
            </Dialog>
          </>
        )}
      </Loaded>
      <Jobs />
    </section>
  )
}

function StoreRow({ store }: { store: Store }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'key' | 'remove' | null>(null)
  const close = () => setOpen(null)
  const removing = useChange('shield.store_remove', { stale: ['shield.store_list'], onDone: close })
  const { name, storeId, bucket, endpoint, region } = store
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">{name}</h4>
        <p className="note quiet">{t('shieldJob.storeOf', { bucket, endpoint, region })}</p>
        {store.needsKey ? <p className="bad">{t('shieldJob.needsKey')}</p> : null}
      </div>
      <div className="actions">
        <button type="button" className="text-button" onClick={() => setOpen('key')}>
          {t('shieldJob.enterOf', { name })}
        </button>
        <button type="button" className="text-button" onClick={() => setOpen('remove')}>
          {t('shieldJob.removeOf', { name })}
        </button>
      </div>
      <Dialog title={t('shieldJob.enterOf', { name })} opened={open === 'key'} onClose={close}>
        <StoreForm store={store} onDone={close} />
      </Dialog>
      <Dialog title={t('shieldJob.removeOf', { name })} opened={open === 'remove'} onClose={close}>
        <p>{t('shieldJob.removeText')}</p>
        <div className="actions">
          <Button variant="filled" loading={removing.isPending} onClick={() => removing.mutate({ storeId })}>
            {t('shieldJob.remove')}
          </Button>
          <Button onClick={close}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </li>
  )
}

function Jobs() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const jobs = useRead('shield.job_list', {}, { refetchInterval: 5_000 })
  return (
    <>
      <h3>{t('shieldJob.jobs')}</h3>
      <Loaded read={jobs}>
        {({ jobs: all }) =>
          all.length === 0 ? (
            <p>{t('shieldJob.noJobs')}</p>
          ) : (
            <ul className="rows">
              {all.map((one) => (
                <li key={one.jobId} className="row">
                  <div className="row-main">
                    <h4 className="row-title">
                      <Link to="/t/$slug/shield/jobs/$jobId" params={{ slug, jobId: one.jobId }}>
                        {t('shieldJob.way', { input: one.input, output: one.output })}
                      </Link>
                    </h4>
                    <p className="note quiet">
                      {t(`shieldJob.state.${one.state}`)}
                      {' · '}
                      {t('shieldJob.counts', {
                        done: one.done,
                        failed: one.failed,
                        all: one.done + one.failed + one.waiting,
                      })}
                      {' · '}
                      {day(one.startedAt, language)}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}
