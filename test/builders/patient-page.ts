import { configure } from '@testing-library/react';

// What a page test waits for comes at once or never: a busy computer is no failure.
configure({ asyncUtilTimeout: 10_000 });
