#!/usr/bin/env node
import process from 'node:process';
import { runStewardCommandLine } from './commands/steward/steward-command-line.ts';

void runStewardCommandLine(process.argv.slice(2));
