import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { linesFrom, stale } from './processor-view.ts'
import type { ProofView } from './processor-view.ts'

const standards = ['iso27001', 'iso27017', 'iso27018', 'iso27701', 'c5', 'soc1', 'soc2', 'isae3402', 'other'] as const
/** Those that are reports: they have a period and no expiry. */
const reports: readonly string[] = ['c5', 'soc1', 'soc2', 'isae3402']
const names: Readonly<Record<(typeof standards)[number], string>> = {
  iso27001: 'ISO/IEC 27001',
  iso27017: 'ISO/IEC 27017',
  iso27018: 'ISO/IEC 27018',
  iso27701: 'ISO/IEC 27701',
  c5: 'BSI C5',
  soc1: 'SOC 1',
  soc2: 'SOC 2',
  isae3402: 'ISAE 3402',
  other: '',
}

/** Files a certificate or a report, or changes what is filed. */
export function ProofForm({
  processorId,
  proof,
  onDone,
}: {
  processorId: string
  proof?: ProofView
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [standard, setStandard] = useState<(typeof standards)[number]>(proof?.standard ?? 'iso27001')
  const [form, setForm] = useState<'certificate' | 'report'>(proof?.form ?? 'certificate')
  const [texts, setTexts] = useState({
    title: proof?.title ?? names.iso27001,
    issuer: proof?.issuer ?? '',
    scope: proof?.scope ?? '',
    from: proof?.from ?? '',
    until: proof?.until ?? '',
    bridgeUntil: proof?.bridgeUntil ?? '',
    controls: proof?.controls.map(({ text }) => text).join('\n') ?? '',
  })
  const [countsMonths, setMonths] = useState(proof?.form === 'report' ? proof.countsMonths : 12)
  const [fileIds, setFiles] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const keeping = useChange('processor.keep_proof', { stale, quiet: true, onDone })
  const isReport = form === 'report'
  const field = (name: keyof typeof texts) => ({
    value: texts[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setTexts({ ...texts, [name]: event.currentTarget.value }),
  })
  const send = () => {
    const { bridgeUntil, controls, ...rest } = texts
    keeping.mutate({
      processorId,
      ...(proof ? { proofId: proof.proofId } : {}),
      ...rest,
      standard,
      form,
      fileIds,
      ...(isReport
        ? { countsMonths, bridgeUntil: bridgeUntil === '' ? null : bridgeUntil, controls: linesFrom(controls) }
        : {}),
    })
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <NativeSelect
        label={t('processor.standardLabel')}
        value={standard}
        onChange={(event) => {
          const next = standards.find((one) => one === event.currentTarget.value) ?? 'other'
          setStandard(next)
          setForm(reports.includes(next) ? 'report' : 'certificate')
          if (texts.title === names[standard]) setTexts({ ...texts, title: names[next] })
        }}
        data={standards.map((one) => ({ value: one, label: names[one] || t('processor.otherStandard') }))}
      />
      <NativeSelect
        label={t('processor.formLabel')}
        description={t(isReport ? 'processor.reportHint' : 'processor.certificateHint')}
        value={form}
        onChange={(event) => setForm(event.currentTarget.value === 'report' ? 'report' : 'certificate')}
        data={(['certificate', 'report'] as const).map((one) => ({ value: one, label: t(`processor.form.${one}`) }))}
      />
      <TextInput required withAsterisk={false} maxLength={200} label={t('processor.paperTitle')} {...field('title')} />
      <TextInput maxLength={200} label={t('processor.issuer')} {...field('issuer')} />
      <Textarea maxLength={2_000} label={t('processor.scope')} {...field('scope')} />
      <TextInput
        type="date"
        required
        withAsterisk={false}
        label={t(isReport ? 'processor.periodFrom' : 'processor.validFrom')}
        {...field('from')}
      />
      <TextInput
        type="date"
        required
        withAsterisk={false}
        label={t(isReport ? 'processor.periodUntil' : 'processor.validUntil')}
        {...field('until')}
      />
      {isReport ? (
        <>
          <NumberInput
            hideControls
            label={t('processor.countsMonths')}
            description={t('processor.countsHint')}
            min={0}
            max={15}
            value={countsMonths}
            onChange={(value) => setMonths(Number(value))}
          />
          <TextInput
            type="date"
            label={t('processor.bridgeUntil')}
            description={t('processor.bridgeHint')}
            {...field('bridgeUntil')}
          />
          <Textarea
            autosize
            minRows={2}
            label={t('processor.controlsLabel')}
            description={t('processor.controlsHint')}
            {...field('controls')}
          />
        </>
      ) : null}
      <FileField
        label={t('processor.file')}
        required={proof === undefined}
        value={fileIds}
        onChange={setFiles}
        onBusy={setBusy}
      />
      {keeping.error ? (
        <p role="alert" className="bad">
          {sentenceOf(keeping.error, t)}
        </p>
      ) : null}
      <Button type="submit" variant="filled" loading={keeping.isPending} disabled={busy}>
        {t('processor.save')}
      </Button>
    </form>
  )
}
