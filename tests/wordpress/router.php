<?php
// Sends everything but files to WordPress, as a web server with pretty permalinks does. While the
// file `no-wp-json` lies in the state folder, /wp-json/ is blocked, as some hosts do.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$root = $_SERVER['DOCUMENT_ROOT'];
if (str_starts_with($path, '/wp-json') && file_exists(getenv('DATELINE_WP_STATE') . '/no-wp-json')) {
    http_response_code(404);
    echo '<h1>Not found</h1>';
    return true;
}
if ($path !== '/' && is_file($root . $path)) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $root . '/index.php';
