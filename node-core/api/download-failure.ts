import { z } from 'zod';

/** Why a download ended. All but `missing` and `not-allowed` may go better another time. */
const downloadCauses = [
  'dns',
  'refused',
  'timeout',
  'closed',
  'network',
  /** The far end speaks no TLS that we do. */
  'tls',
  /** Its certificate is not trusted; nothing was asked of it. */
  'certificate',
  /** The connection was cut again and again. */
  'cut',
  /** Nothing came for 60 s, again and again. */
  'silent',
  'missing',
  'not-allowed',
  /** It told to come later (429, 503), again and again. */
  'busy',
  /** Any other status, which is the `detail`. */
  'status',
  /** The proxy would not pass it on; its status or the reason is the `detail`. */
  'proxy',
  /** It sent us on too often, or nowhere. */
  'redirects',
  /** An address without protection, or one that leads from the net into this network. */
  'unsafe',
  /** Longer or shorter than it has to be. */
  'wrong-size',
  'wrong-checksum',
] as const;

/** A download that came to nothing. What has arrived is kept for another try, except after a wrong checksum. */
export const downloadFailureSchema = z.object({
  kind: z.literal('download-failed'),
  /** Who was asked: host and port. */
  host: z.string().max(300),
  cause: z.enum(downloadCauses),
  detail: z.string().max(300),
});
export type DownloadFailure = z.infer<typeof downloadFailureSchema>;
export type DownloadCause = DownloadFailure['cause'];

/** Sentences of `download-failed`, by cause; part of the failures' sentences. */
export const downloadSentences = {
  'download-failed.dns':
    'The download stopped: there is no computer called {{host}}. Check the network, then continue.',
  'download-failed.refused': 'The download stopped: nothing answers at {{host}}. Check the address, then continue.',
  'download-failed.timeout': 'The download stopped: {{host}} did not answer in time. Check the network, then continue.',
  'download-failed.closed': 'The download stopped: {{host}} closed the connection before it answered. Try again.',
  'download-failed.network':
    'The download stopped: the connection to {{host}} failed. Check the network, then continue.',
  'download-failed.tls': 'Nothing was downloaded: {{host}} has no safe connection. Check the address.',
  'download-failed.certificate':
    'Nothing was downloaded: the certificate of {{host}} is not trusted ({{detail}}). Check the clock and the network; do not go on in a network that you do not know.',
  'download-failed.cut':
    'The download stopped: the connection to {{host}} was cut again and again. What has arrived is kept; continue when the network is better.',
  'download-failed.silent':
    'The download stopped: {{host}} sent nothing for 60 s, more than once. What has arrived is kept; continue later.',
  'download-failed.missing': 'Nothing was downloaded: {{host}} does not have this file (any more). Choose another one.',
  'download-failed.not-allowed':
    'Nothing was downloaded: {{host}} does not give this file to everybody. Choose another one.',
  'download-failed.busy': 'The download stopped: {{host}} is too busy just now. Continue in a few minutes.',
  'download-failed.status': 'The download stopped: {{host}} answered with an error ({{detail}}). Try again later.',
  'download-failed.proxy':
    'Nothing was downloaded: the proxy {{host}} did not pass it on ({{detail}}). Check the proxy under Settings, Models.',
  'download-failed.redirects': 'Nothing was downloaded: {{host}} sent the download round in a circle. Try again later.',
  'download-failed.unsafe':
    'Nothing was downloaded: {{host}} would have been asked without a safe connection. Use an https address.',
  'download-failed.wrong-size':
    'Nothing was taken: the file at {{host}} is not as large as it has to be, so it is another one. Try again later, or another mirror.',
  'download-failed.wrong-checksum':
    'Nothing was kept: the file from {{host}} is not the one that was meant (its checksum is wrong). Try again, or another mirror.',
} as const;
