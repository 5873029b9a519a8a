<?php
// `permalinks.php STRUCTURE`: an empty one means plain permalinks (?p=1).
require getenv('DATELINE_WP_STATE') . '/site/wp-load.php';
update_option('permalink_structure', $argv[1] ?? '');
flush_rewrite_rules();
