import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { NewPerson } from './NewPerson.tsx'
import { AddAgreement, AddCertificate, IssueItem, LeaveForm, MoveForm, StartList } from './PersonForms.tsx'
import { RecordParts } from './RecordParts.tsx'
import { stale, workOf } from './record.ts'
import './record.css'

type Asking = 'change' | 'move' | 'leave' | 'agreement' | 'certificate' | 'list' | 'item' | 'remove' | null

/** Everything that is on record about somebody, and what can be added to it. */
export function PersonPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { personId } = useParams({ from: '/signed-in/t/$slug/people/$personId' })
  const read = useRead('record.show', { personId })
  const mayWrite = useMay('person:write')
  const mayLedger = useMay('ledger:read')
  return (
    <Page
      title={read.data?.person.name ?? t('record.one')}
      over={
        <Link to="/t/$slug/people" params={{ slug }}>
          {t('record.title')}
        </Link>
      }
      lead={read.data ? workOf(read.data.person, t) : undefined}
      actions={mayLedger && read.data ? <HistoryButton id={personId} name={read.data.person.name} /> : undefined}
    >
      <Loaded read={read}>
        {(record) => (
          <>
            {mayWrite ? <Actions record={record} /> : null}
            <RecordParts record={record} mayWrite={mayWrite} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Actions({ record }: { record: Parameters<typeof RecordParts>[0]['record'] & { couldBe: CouldBe } }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asking>(null)
  const mayRemove = useMay('register:write')
  const linking = useChange('record.link', { stale })
  const removing = useChange('person.remove', {
    stale,
    onDone: () => void navigate({ to: '/t/$slug/people', params: { slug } }),
  })
  const { person, couldBe, account } = record
  const close = () => setAsking(null)
  const personId = person.id
  return (
    <>
      {couldBe ? (
        <p className="note">
          {t('record.couldBe', { name: couldBe.name })}{' '}
          <Button
            size="compact-xs"
            loading={linking.isPending}
            onClick={() => linking.mutate({ personId, accountId: couldBe.accountId })}
          >
            {t('record.link')}
          </Button>
        </p>
      ) : null}
      {account ? (
        <p className="note">
          {t('record.linked', { name: account.name })}{' '}
          <button
            type="button"
            className="text-button"
            disabled={linking.isPending}
            onClick={() => linking.mutate({ personId, accountId: null })}
          >
            {t('record.unlink')}
          </button>
        </p>
      ) : null}
      <div className="actions">
        <Button onClick={() => setAsking('agreement')}>{t('record.addAgreement')}</Button>
        <Button onClick={() => setAsking('certificate')}>{t('record.addCertificate')}</Button>
        <Button onClick={() => setAsking('list')}>{t('record.startAList')}</Button>
        <Button onClick={() => setAsking('item')}>{t('record.issue')}</Button>
        {mayRemove ? <Button onClick={() => setAsking('change')}>{t('record.change')}</Button> : null}
        <Button onClick={() => setAsking('move')}>{t('record.move')}</Button>
        <Button onClick={() => setAsking('leave')}>{t('record.leave')}</Button>
        {mayRemove ? <Button onClick={() => setAsking('remove')}>{t('record.remove')}</Button> : null}
      </div>
      <Dialog title={t('record.addAgreement')} opened={asking === 'agreement'} onClose={close}>
        <AddAgreement personId={personId} onDone={close} />
      </Dialog>
      <Dialog title={t('record.addCertificate')} opened={asking === 'certificate'} onClose={close}>
        <AddCertificate personId={personId} onDone={close} />
      </Dialog>
      <Dialog title={t('record.startAList')} opened={asking === 'list'} onClose={close}>
        <StartList person={person} onDone={close} />
      </Dialog>
      <Dialog title={t('record.issue')} opened={asking === 'item'} onClose={close}>
        <IssueItem personId={personId} onDone={close} />
      </Dialog>
      <Dialog title={t('record.change')} opened={asking === 'change'} onClose={close}>
        <NewPerson person={person} areas={[]} onDone={close} />
      </Dialog>
      <Dialog title={t('record.move')} opened={asking === 'move'} onClose={close}>
        <MoveForm person={person} onDone={close} />
      </Dialog>
      <Dialog title={t('record.leave')} opened={asking === 'leave'} onClose={close}>
        <LeaveForm record={record} onDone={close} />
      </Dialog>
      <Dialog title={t('record.remove')} opened={asking === 'remove'} onClose={close}>
        <p>{t('record.removeText')}</p>
        <div className="actions">
          <Button
            color="bad"
            variant="filled"
            loading={removing.isPending}
            onClick={() => removing.mutate({ personId })}
          >
            {t('record.remove')}
          </Button>
          <Button onClick={close}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}

type CouldBe = { readonly accountId: string; readonly name: string } | null
