import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { Files } from '../file/Files.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { AgreementForm } from './AgreementForm.tsx'
import { Control } from './Control.tsx'
import { ProofForm } from './ProofForm.tsx'
import { TakeBack } from './TakeBack.tsx'
import type { AgreementView, ProcessorShown, ProofView } from './processor-view.ts'

/** The agreement, and the certificates and reports that are on file. */
export function Papers({ shown: { processor, agreements, proofs } }: { shown: ProcessorShown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write') && processor.state !== 'ended'
  const [adding, setAdding] = useState<'agreement' | 'proof' | null>(null)
  const { processorId } = processor
  const close = () => setAdding(null)
  return (
    <>
      <section className="section">
        <h2>{t('processor.agreements')}</h2>
        {agreements.length === 0 ? <p>{t('processor.noAgreement')}</p> : null}
        <ul className="rows">
          {agreements.map((one) => (
            <Agreement key={one.agreementId} processorId={processorId} agreement={one} mayWrite={mayWrite} />
          ))}
        </ul>
        {mayWrite ? (
          <Button className="processor-button" onClick={() => setAdding('agreement')}>
            {t('processor.addAgreement')}
          </Button>
        ) : null}
      </section>
      <section className="section">
        <h2>{t('processor.proofs')}</h2>
        <p className="note">{t('processor.proofsLead')}</p>
        {proofs.length === 0 ? <p>{t('processor.noProof')}</p> : null}
        <ul className="rows">
          {proofs.map((one) => (
            <Proof key={one.proofId} processorId={processorId} proof={one} mayWrite={mayWrite} />
          ))}
        </ul>
        {mayWrite ? (
          <Button className="processor-button" onClick={() => setAdding('proof')}>
            {t('processor.addProof')}
          </Button>
        ) : null}
      </section>
      <Dialog title={t('processor.addAgreement')} opened={adding === 'agreement'} onClose={close}>
        {adding === 'agreement' ? <AgreementForm processorId={processorId} onDone={close} /> : null}
      </Dialog>
      <Dialog title={t('processor.addProof')} opened={adding === 'proof'} onClose={close}>
        {adding === 'proof' ? <ProofForm processorId={processorId} onDone={close} /> : null}
      </Dialog>
    </>
  )
}

function Agreement({
  processorId,
  agreement,
  mayWrite,
}: {
  processorId: string
  agreement: AgreementView
  mayWrite: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [editing, setEditing] = useState(false)
  const { agreementId, title, validFrom, validUntil, standing } = agreement
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{title}</h3>
        <p className={standing === 'lapsed' ? 'bad' : undefined}>
          {t(`processor.standing.${standing}`)} ·{' '}
          {validUntil === null
            ? t('processor.fromOn', { day: day(validFrom, language) })
            : t('processor.fromTo', { from: day(validFrom, language), until: day(validUntil, language) })}
        </p>
        {agreement.endedReason === '' ? null : <p className="note">{agreement.endedReason}</p>}
        <Files files={agreement.files} />
      </div>
      {mayWrite && standing !== 'ended' ? (
        <div className="row-actions">
          <button type="button" className="text-button" onClick={() => setEditing(true)}>
            {t('processor.edit')}
          </button>
          <TakeBack processorId={processorId} id={agreementId} what="agreement" />
        </div>
      ) : null}
      <Dialog title={t('processor.edit')} opened={editing} onClose={() => setEditing(false)}>
        {editing ? (
          <AgreementForm processorId={processorId} agreement={agreement} onDone={() => setEditing(false)} />
        ) : null}
      </Dialog>
    </li>
  )
}

function Proof({ processorId, proof, mayWrite }: { processorId: string; proof: ProofView; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [editing, setEditing] = useState(false)
  const { proofId, title, form, issuer, scope, from, until, lastDay, bridgeUntil, standing, controls } = proof
  const days = { from: day(from, language), until: day(until, language) }
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{title}</h3>
        <p className={standing === 'lapsed' ? 'bad' : undefined}>
          {[
            t(`processor.standing.${standing}`),
            form === 'certificate'
              ? t('processor.fromTo', days)
              : from === until
                ? t('processor.asOf', { day: days.from })
                : t('processor.period', days),
            ...(form === 'report' ? [t('processor.counts', { day: day(lastDay, language) })] : []),
            ...(bridgeUntil === null ? [] : [t('processor.bridge', { day: day(bridgeUntil, language) })]),
            ...(issuer === '' ? [] : [issuer]),
          ].join(' · ')}
        </p>
        {scope === '' ? null : <p className="note">{scope}</p>}
        {proof.withdrawnReason === '' ? null : <p className="note">{proof.withdrawnReason}</p>}
        <Files files={proof.files} />
        {controls.length === 0 ? null : (
          <details>
            <summary>
              {t('processor.controls', {
                count: controls.length,
                open: controls.filter(({ answeredAt }) => answeredAt === null).length,
              })}
            </summary>
            <ul className="sentences">
              {controls.map((one) => (
                <li key={one.controlId}>
                  <Control control={one} mayWrite={mayWrite} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {mayWrite && standing !== 'ended' ? (
        <div className="row-actions">
          <button type="button" className="text-button" onClick={() => setEditing(true)}>
            {t('processor.edit')}
          </button>
          <TakeBack processorId={processorId} id={proofId} what="proof" />
        </div>
      ) : null}
      <Dialog title={t('processor.edit')} opened={editing} onClose={() => setEditing(false)}>
        {editing ? <ProofForm processorId={processorId} proof={proof} onDone={() => setEditing(false)} /> : null}
      </Dialog>
    </li>
  )
}
