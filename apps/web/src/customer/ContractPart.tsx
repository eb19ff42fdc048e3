import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { roleWord } from '../edition/role-word.ts'
import { FileField, Files } from '../file/Files.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Annex } from './Annex.tsx'
import { ContractForm } from './ContractForm.tsx'
import { EndContract } from './EndContract.tsx'
import { Matters } from './Matters.tsx'
import { stale } from './words.ts'
import type { Contract, CustomerShown } from './words.ts'

/** One agreement: how it stands, its file and edition, and what happened under it. */
export function ContractPart({ contract, shown }: { contract: Contract; shown: CustomerShown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const [asked, setAsked] = useState<'change' | 'end' | null>(null)
  const { contractId, title, state, files, confirmedAt, endedOn } = contract
  const confirming = useChange('contract.confirm', { stale })
  const close = () => setAsked(null)
  const mayConfirm = maySign && confirmedAt === null && files.length > 0 && state !== 'ended' && state !== 'expired'
  return (
    <section className="customer-part">
      <h2>{title}</h2>
      <Standing contract={contract} />
      <Edition contract={contract} />
      <Files files={files} />
      {mayWrite && endedOn === null ? <Attach contractId={contractId} /> : null}
      <p className="actions">
        {mayConfirm ? (
          <Button variant="filled" loading={confirming.isPending} onClick={() => confirming.mutate({ contractId })}>
            {t('contract.confirm')}
          </Button>
        ) : null}
        {mayWrite && endedOn === null ? (
          <>
            <Button onClick={() => setAsked('change')}>{t('contract.change')}</Button>
            <Button onClick={() => setAsked('end')}>{t('contract.end')}</Button>
          </>
        ) : null}
      </p>
      <Matters contract={contract} shown={shown} />
      <Dialog title={t('contract.change')} opened={asked === 'change'} onClose={close} side>
        <ContractForm contract={contract} onDone={close} />
      </Dialog>
      <Dialog title={t('contract.end')} opened={asked === 'end'} onClose={close}>
        <EndContract contract={contract} onDone={close} />
      </Dialog>
    </section>
  )
}

function Standing({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { state, validFrom, validUntil, endedOn, endedReason, confirmedAt, confirmedRole } = contract
  const parts = [
    t(`customer.state.${state}`),
    t('contract.since', { day: day(validFrom, language) }),
    ...(validUntil === null ? [] : [t('customer.until', { day: day(validUntil, language) })]),
    ...(endedOn === null ? [] : [t('contract.endedOn', { day: day(endedOn, language), reason: endedReason })]),
    confirmedAt === null
      ? t('customer.notConfirmed')
      : t('contract.confirmedBy', { day: day(confirmedAt, language), role: roleWord(confirmedRole ?? '', t) }),
  ]
  return (
    <>
      <p className={state === 'expired' ? 'bad' : undefined}>{parts.join(' · ')}</p>
      <p className="note quiet">
        {t('contract.periods', {
          subProcessorDays: contract.subProcessorDays,
          measureDays: contract.measureDays,
          incidentHours: contract.incidentHours,
          forwardDays: contract.forwardDays,
          returnDays: contract.returnDays,
        })}
      </p>
    </>
  )
}

/** The edition agreed, what changed since, and the annex of it. */
function Edition({ contract: { contractId, edition, endedOn } }: { contract: Contract }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const published = useRead('edition.list', {}).data?.editions.filter(({ state }) => state === 'edition') ?? []
  if (edition === null) return endedOn === null ? <p className="note">{t('contract.noEditionYet')}</p> : null
  const agreed = published.find(({ number }) => number === edition)
  const newest = published[0]
  const isOld = agreed !== undefined && newest !== undefined && newest.id !== agreed.id
  return (
    <>
      <p>
        {t('customer.edition', { number: edition })}
        {isOld ? (
          <>
            {' · '}
            <Link to="/t/$slug/editions/compare" params={{ slug }} search={{ from: agreed.id, to: newest.id }}>
              {t('contract.changedSince', { number: newest.number })}
            </Link>
          </>
        ) : null}
      </p>
      <Annex contractId={contractId} />
    </>
  )
}

function Attach({ contractId }: { contractId: string }) {
  const { t } = useTranslation()
  const [fileIds, setFileIds] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const attaching = useChange('contract.attach', { stale, onDone: () => setFileIds([]) })
  return (
    <div className="customer-attach">
      <FileField label={t('contract.file')} value={fileIds} onChange={setFileIds} onBusy={setBusy} />
      {fileIds.length === 0 ? null : (
        <Button
          loading={attaching.isPending}
          disabled={isBusy}
          onClick={() => attaching.mutate({ contractId, fileIds: [...fileIds] })}
        >
          {t('contract.attach')}
        </Button>
      )}
    </div>
  )
}
