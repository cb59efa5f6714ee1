/** Words around the state of the node; what the state itself says stands in `state-sentences.ts`. */
export const status = {
  check: 'Check now',
  lost: 'Not connected',
  openKeys: 'Open Keys',
  openModels: 'Open Models',
  pause: 'Pause agents',
  restart: 'Restart',
  resume: 'Resume',
  resumeAgents: 'Resume agents',
  unknown: 'Looking how this computer is …',
} as const;
