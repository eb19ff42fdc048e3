import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Away } from './Away.tsx'
import { Release, Zone } from './Days.tsx'
import { DueList } from './DueList.tsx'
import { AddDuty, Duties } from './Duties.tsx'
import { listFrom } from './rhythm.ts'
import { SetUp } from './SetUp.tsx'
import { Take } from './Take.tsx'

/** What is to be done, by whom, and how often it was done in time. */
export function DutiesPage() {
  const { t } = useTranslation()
  const { of } = useSearch({ from: '/signed-in/t/$slug/duties' })
  const mayWrite = useMay('register:write')
  const read = useRead('duty.list', {})
  const slug = useTenant() ?? ''
  const [asking, setAsking] = useState(false)
  return (
    <Page
      title={t('duty.title')}
      lead={t('duty.lead')}
      actions={
        <Link to="/t/$slug/files" params={{ slug }}>
          {t('file.all')}
        </Link>
      }
    >
      <Loaded read={read}>
        {({ duties, people, today, timeZone }) => (
          <>
            {duties.length === 0 ? <p>{t('duty.none')}</p> : <DueList of={listFrom(of)} today={today} />}
            {mayWrite ? (
              <div className="actions">
                <Button variant={duties.length === 0 ? 'filled' : 'default'} onClick={() => setAsking(true)}>
                  {t('duty.setUp')}
                </Button>
                <AddDuty people={people} today={today} />
              </div>
            ) : null}
            {duties.length === 0 ? null : <Duties people={people} today={today} />}
            {duties.length === 0 ? null : <Take today={today} />}
            {duties.length === 0 || !mayWrite ? null : <Release today={today} />}
            <Away today={today} people={people} />
            <Zone timeZone={timeZone} mayWrite={mayWrite} />
            <Dialog title={t('duty.setUp')} opened={asking} onClose={() => setAsking(false)} side>
              <SetUp people={people} onDone={() => setAsking(false)} />
            </Dialog>
          </>
        )}
      </Loaded>
    </Page>
  )
}
