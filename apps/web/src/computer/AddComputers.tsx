import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TokenOnce } from '../account/TokenOnce.tsx'
import { useMay } from '../account/session.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useInstallationChange, useTenant } from '../api/use-api.ts'

const files = ['collect-host.sh', 'collect-host.ps1'] as const

const commands = {
  unix: 'sudo sh collect-host.sh --push --token-file /etc/art32/token',
  windows: '.\\collect-host.ps1 -Push -TokenFile C:\\ProgramData\\art32\\token',
} as const

/** How computers are added: a token that may only send, a file without Node, and one line. */
export function AddComputers() {
  const { t } = useTranslation()
  const tenant = useTenant() ?? ''
  return (
    <section className="section" aria-labelledby="add-computers">
      <h2 id="add-computers">{t('computers.add')}</h2>
      <p>{t('computers.addLead')}</p>
      <ol className="computer-steps">
        <li>
          <h3>{t('computers.stepToken')}</h3>
          <p>{t('computers.stepTokenText')}</p>
          <NewToken tenant={tenant} />
        </li>
        <li>
          <h3>{t('computers.stepFile')}</h3>
          <p>{t('computers.stepFileText')}</p>
          <ul className="computer-files">
            {files.map((file) => (
              <li key={file}>
                <a href={tenantAddress(tenant, 'computer.collector', { file })} download={file}>
                  {file}
                </a>{' '}
                <span className="quiet">
                  {t(file === 'collect-host.sh' ? 'computers.forUnix' : 'computers.forWindows')}
                </span>
              </li>
            ))}
          </ul>
          <p className="note waiting">
            <span aria-hidden>△ </span>
            {t('computers.neverRun')}
          </p>
        </li>
        <li>
          <h3>{t('computers.stepRun')}</h3>
          <p>{t('computers.stepRunText')}</p>
          <pre>{`# Linux, macOS\n${commands.unix}\n\n# Windows\n${commands.windows}`}</pre>
          <p className="note quiet">{t('computers.sees')}</p>
        </li>
      </ol>
    </section>
  )
}

function NewToken({ tenant }: { tenant: string }) {
  const { t } = useTranslation()
  const may = useMay('facts:push')
  const making = useInstallationChange('token.create', { stale: ['token.list'], quiet: true })
  if (!may) return <p className="quiet">{t('computers.mayNot')}</p>
  return (
    <>
      <Button
        loading={making.isPending}
        onClick={() =>
          making.mutate({ tenant, name: t('computers.tokenName'), permissions: ['facts:push'], days: 365 })
        }
      >
        {t('computers.makeToken')}
      </Button>
      {making.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(making.error, t)}
        </p>
      ) : null}
      <div role="status">{making.data ? <TokenOnce made={making.data} /> : null}</div>
    </>
  )
}
